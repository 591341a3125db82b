"""Make PDFs from pieces. What cannot be set is shown as its source in a box, so there is always a PDF."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OurFault
from .orders import SetPages
from .pieces import NOT_SET, Piece, quoted
from .typesetter import Typesetter

_LOOK = (Path(__file__).parent / "templates" / "page.typ").read_text(encoding="utf-8")

#: How many errors with a known line are fixed before all pieces are tried one by one.
_TRIES = 40
#: Seconds that each of these may take. What has not been tried by then is shown as its source.
_PATIENCE = 20.0


#: A formula with more symbols than this may not fit between the margins. A command counts as one symbol.
_COMMAND, _WIDE = re.compile(r"\\[a-zA-Z]+\s*|[\s{}&$]+"), 60


@dataclass(frozen=True)
class Section:
    """Pieces under one heading, which may be empty."""

    title: str
    pieces: Sequence[Piece]
    own_page: bool = False
    """Whether it begins on a new page."""


@dataclass(frozen=True)
class PageHead:
    """The text at the top of each page."""

    left: str
    right: str


@dataclass
class _Source:
    """A Typst source, and the piece that each of its lines belongs to."""

    lines: list[str] = field(default_factory=list)
    owners: list[tuple[Piece, int] | None] = field(default_factory=list)
    """The piece of each line, with the number of the formula; -1 if the line is not a formula."""
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, text: str, owner: tuple[Piece, int] | None = None) -> None:
        found = text.split("\n")
        self.lines += found
        self.owners += [owner] * len(found)


def make_pdf(typesetter: Typesetter, about: PageHead, parts: Sequence[Section]) -> SetPages:
    """Make a PDF. Pieces that cannot be set are changed to show their source.

    Args:
        typesetter: what sets pages.
        about: the text at the top of each page.
        parts: the sections on the pages.

    Raises:
        OurFault: not even the sources can be set, so something is wrong with this machine.
    """
    begun, tries = time.monotonic(), 0
    while tries < _TRIES and time.monotonic() < begun + _PATIENCE:
        tries += 1
        source = _source(about, parts)
        made = _set(typesetter, source)
        if not made.problem:
            return made
        if not _put_right(source, made.line):
            break
    until = time.monotonic() + _PATIENCE
    for piece in [piece for part in parts for piece in part.pieces if not piece.reason]:
        if time.monotonic() < until:
            _try_alone(typesetter, about, piece, until)
        else:
            piece.give_up(NOT_SET)
    made = _set(typesetter, _source(about, parts))
    if made.problem:
        for piece in [piece for part in parts for piece in part.pieces]:
            piece.give_up(NOT_SET)
        made = _set(typesetter, _source(about, parts))
    if made.problem:
        raise OurFault(
            f"typst cannot set even plain text here ({made.problem}): is it installed, and is there enough memory?"
        )
    return made


def _set(typesetter: Typesetter, source: _Source, alone: bool = False) -> SetPages:
    return typesetter.set("\n".join(source.lines) + "\n", source.files, alone)


def _put_right(source: _Source, line: int) -> bool:
    """Box the piece in a line; False if there is no piece in that line, or it is boxed already."""
    owner = source.owners[line - 1] if 0 < line <= len(source.owners) else None
    if owner is None or owner[0].reason:
        return False
    piece, formula = owner
    if formula >= 0:
        piece.formulas[formula] = None
    else:
        piece.give_up(NOT_SET)
    return True


def _try_alone(typesetter: Typesetter, about: PageHead, piece: Piece, until: float) -> None:
    """Try each formula of a piece on its own, and box what cannot be set."""
    if not _set(typesetter, _source(about, [Section("", [piece])]), alone=True).problem:
        return
    for number, formula in enumerate(piece.formulas):
        if formula is not None and time.monotonic() < until:
            one = Piece("#m(0);", "", [formula], [("", True)])
            if _set(typesetter, _source(about, [Section("", [one])]), alone=True).problem:
                piece.formulas[number] = None
    if _set(typesetter, _source(about, [Section("", [piece])]), alone=True).problem:
        piece.give_up(NOT_SET)


def _source(about: PageHead, parts: Sequence[Section]) -> _Source:
    source = _Source()
    source.add(f"#let about = (left: {quoted(about.left)}, right: {quoted(about.right)})")
    source.add(_LOOK)
    for part in parts:
        if part.own_page:
            source.add("#pagebreak(weak: true)")
        if part.title:
            source.add(f"#section({quoted(part.title)})")
        for piece in part.pieces:
            source.add("#let formulas = (")
            for number in range(len(piece.formula_sources)):
                source.add(f"[{_formula(piece, number)}],", (piece, number))
            source.add(")\n#let m(i) = formulas.at(i)\n#let pictures = (")
            for content in _pictures(piece, source):
                source.add(f"[{content}],")
            source.add(")\n#let p(i) = pictures.at(i)")
            source.add("#[")
            source.add(piece.typst, (piece, -1))
            source.add("]")
    return source


def _formula(piece: Piece, number: int) -> str:
    formula, (text, display) = piece.formulas[number], piece.formula_sources[number]
    if formula is not None:
        plain = formula.replace("\n", " ")
        return f"#fitted({plain})" if display and len(_COMMAND.sub("x", text)) > _WIDE else plain
    return f"#boxed({quoted(NOT_SET)}, {quoted(text)})" if display else f"#inlined({quoted(text)})"


def _pictures(piece: Piece, source: _Source) -> Iterator[str]:
    for pages, instead in zip(piece.pictures, piece.picture_sources, strict=True):
        found = []
        for page in pages:
            name = f"picture{len(source.files)}.{'png' if page.content.startswith(b'PNG', 1) else 'jpg'}"
            source.files[name] = page.content
            found.append(f'#box(image("{name}", width: {page.width}mm, height: {page.height}mm))')
        if instead:
            found.append(f"#inlined({quoted(instead)})" if found else f"#inlined({quoted('picture: ' + instead)})")
        yield " ".join(found)
