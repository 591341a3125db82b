"""Reading the pages of the project: their commands and their links."""

import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.corpus import ROOT

#: Languages of blocks that hold commands.
SHELLS = {"sh", "bash", "console", "bat", "powershell"}

_FENCE = re.compile(r"^( *)```(\w+)(?: +(\w+))?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    mark: str
    """How the tests run its commands: ``install``, ``background``, ``docker``, or nothing where they just run."""
    text: str

    @property
    def commands(self) -> list[str]:
        """Its commands; those that go over several lines are joined."""
        lines = self.text.replace("\\\n", " ").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def pages() -> list[str]:
    """All pages, by their path in the project."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")]
    found += [*ROOT.glob("reference_solution/*.md"), *ROOT.glob("tests/**/README.md")]
    return sorted(
        {path.relative_to(ROOT).as_posix() for path in found if not re.search(r"/\.", f"/{path.relative_to(ROOT)}")}
    )


@cache
def text_of(page: str) -> str:
    """The text of a page."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    """The blocks of a page that hold commands, in order."""
    found = [Block(language, mark, textwrap.dedent(text)) for _, language, mark, text in _FENCE.findall(text_of(page))]
    return [block for block in found if block.language in SHELLS]


def commands(page: str) -> list[str]:
    """All commands of a page that stand in blocks."""
    return [command for block in blocks(page) for command in block.commands]


def inline_code(page: str) -> list[str]:
    """What stands between backticks in the text of a page."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", _FENCE.sub("", text_of(page)))


def links(page: str) -> list[str]:
    """The targets of all links and pictures of a page."""
    return [target or picture for target, picture in _LINK.findall(_FENCE.sub("", text_of(page)))]


def headings(path: Path) -> set[str]:
    """The names by which links reach the headings of a page."""
    found = re.findall(r"^#+ +(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}
