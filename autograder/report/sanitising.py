"""What a page keeps of HTML: the elements that our messages are made of, and nothing that could do anything.

Gradescope sanitises HTML, too. Our preview is stricter, so it never shows anything that Gradescope would remove.
"""

import re
from html import escape
from html.parser import HTMLParser

#: Elements that stay. None of them keeps an attribute, except a picture.
ELEMENTS = frozenset({"p", "br", "pre", "code", "strong", "em", "ul", "ol", "li"})

#: Elements without an end tag.
_EMPTY = frozenset({"br", "img"})
_PNG = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+={0,2}\Z")


class _Keeper(HTMLParser):
    """Writes what it reads, without the elements and attributes that do not stay; their text stays."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            given = {name: value or "" for name, value in attrs}
            if _PNG.match(given.get("src", "")):
                self.kept.append(f'<img src="{given["src"]}" alt="{escape(given.get("alt", ""))}">')
        elif tag in ELEMENTS:
            self.kept.append(f"<{tag}>")
            if tag not in _EMPTY:
                self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:  # also close what was left open inside it
            while (last := self.open.pop()) != tag:
                self.kept.append(f"</{last}>")
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept.append(escape(data))


def sanitised(source: str) -> str:
    """Return HTML with nothing in it but plain elements, PNG pictures embedded in it, and text.

    >>> sanitised('<p onclick="x()">a <a href="http://b">link</a> <script>c</script></p>')
    '<p>a link c</p>'
    """
    keeper = _Keeper()
    keeper.feed(source)
    keeper.close()
    return "".join([*keeper.kept, *(f"</{tag}>" for tag in reversed(keeper.open))])
