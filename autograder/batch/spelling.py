"""Restore file names to what people wrote, after a zip or a disk has changed their encoding.

All that a zip says about a name is whether it is UTF-8. Without that mark it may still be UTF-8 (macOS), or be in
the code page of somebody's Windows. The right encoding is the one that gives words: letters, with capitals where they
are plausible.
"""

import re
import unicodedata
from collections.abc import Sequence

#: Code pages of Windows and DOS in Western and Central Europe, the likeliest first.
_CODE_PAGES = ("cp437", "cp850", "cp1252", "cp852", "cp1250", "mac_roman")

#: What Info-ZIP's unzip writes for a letter that the terminal cannot show.
_ESCAPED = re.compile(r"#U([0-9a-fA-F]{4})")


def spelled(raw: Sequence[bytes]) -> list[str]:
    """Decode names: as UTF-8 if they are valid, otherwise in the likeliest code page. All are in normal form C.

    Args:
        raw: the names of one download, as they are stored.
    """
    texts: list[str | None] = [_utf8(name) for name in raw]
    odd = [name for name, text in zip(raw, texts, strict=True) if text is None]
    page = min(_CODE_PAGES, key=lambda page: _oddity(odd, page)) if odd else ""
    read = [name.decode(page, "replace") if text is None else text for name, text in zip(raw, texts, strict=True)]
    return [mended(text) for text in read]


def mended(text: str) -> str:
    """Undo common damage to names: UTF-8 read in another encoding, escapes, normal form D."""
    if not text.isascii():
        text = next(filter(None, (_undone(text, page) for page in ("cp437", "cp1252", "latin-1"))), text)
    text = _ESCAPED.sub(_letter, text)
    return unicodedata.normalize("NFC", text)


def _letter(escape: re.Match[str]) -> str:
    """The letter of an escape. What cannot have been escaped stays: it could be a slash, or half a character."""
    letter = chr(int(escape[1], 16))
    return escape[0] if letter.isascii() or unicodedata.category(letter).startswith("C") else letter


def _utf8(name: bytes) -> str | None:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _undone(text: str, page: str) -> str | None:
    """The original text, if this is UTF-8 that was read in a code page; None if it is not."""
    try:
        return text.encode(page).decode("utf-8")
    except UnicodeError:
        return None


def _oddity(names: Sequence[bytes], page: str) -> int:
    """How unlikely these names are in a code page."""
    return sum(_odd_places(name.decode(page, "replace")) for name in names)


def _odd_places(text: str) -> int:
    found = 0
    for place, letter in enumerate(text):
        if letter.isascii():
            continue
        if not unicodedata.name(letter, "").startswith("LATIN"):
            found += 3
        elif letter.isupper() and place and text[place - 1].islower():
            found += 2
        elif letter.islower() and text[place - 1 : place].isupper() and text[place + 1 : place + 2].isupper():
            found += 1
    return found
