"""Prepare a student's answers: markdown and TeX become Typst, pictures are read, and what cannot be read is boxed."""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath
from urllib.parse import quote, unquote

from ..grading.parsing import parsed
from ..sandbox.text import clean
from .formulas import Formula, taken_out
from .macros import Macros, WrongMacros
from .notebook import TEXT_LIMIT, NotebookCell, decoded
from .orders import Images
from .pieces import Piece, boxed, printed, program, shown
from .spelling import spelled_for_pandoc, spelled_for_typst
from .typesetter import MarkedText, Spelled, Typesetter

#: How many pictures of a submission are shown.
_PICTURES = 60
#: Longer formulas are shown as their source.
_LONGEST_FORMULA = 20_000
#: Seconds for the formulas of a submission, and for its pictures. What is left after that is shown as its source.
_PATIENCE = 30.0


_MAGIC = re.compile(r"\s*%%(markdown|latex)[^\n]*\n", re.IGNORECASE)
_PICTURE_FILE = re.compile(r".*\.(?:png|jpe?g|gif|webp|bmp|pdf|hei[cf]|tiff?)", re.IGNORECASE | re.DOTALL)


def is_picture(name: str) -> bool:
    """Whether a file has a name like that of a picture or a scan."""
    return _PICTURE_FILE.fullmatch(name) is not None


@dataclass
class Preparation:
    """Turns the cells of one submission into pieces."""

    typesetter: Typesetter
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The other files of the submission, by path."""
    folder: str = ""
    """The folder of the notebook among them."""
    macros: dict[int, Macros] = field(default_factory=dict)
    """The macros that are defined before each cell, by the cell's number."""
    used: set[str] = field(default_factory=set)
    """The files that an answer has shown."""
    _seen: dict[bytes, Images] = field(default_factory=dict)
    _looked: float = 0.0
    """How many seconds the pictures have taken."""

    def learn(self, cells: Sequence[NotebookCell]) -> None:
        """Read the macros of all cells of the notebook, in their order."""
        known = Macros()
        before = known.copy()
        for cell in cells:
            self.macros[cell.number] = before
            if cell.kind == "code" or not re.search(r"\\(?:\w*newcommand|def|DeclareMathOperator)", cell.source):
                continue
            self.macros[cell.number] = known.copy()  # the cell may use its own only from where they are defined
            for formula in taken_out(cell.source[:TEXT_LIMIT])[1]:
                _expanded(known, formula.tex)
            before = known.copy()

    def pieces(self, cells: Sequence[NotebookCell]) -> list[list[Piece]]:
        """Return the pieces of each cell."""
        texts = {number: text for number, cell in enumerate(cells) if (text := _markdown(cell)) is not None}
        ready = self._texts([(cells[number], text) for number, text in texts.items()])
        found = []
        for number, cell in enumerate(cells):
            mine = [ready.pop(0)] if number in texts else list(self._other(cell))
            found.append([*mine, *self._attached(cell, mine), *self._outputs(cell)])
        return found

    # ---- texts

    def _texts(self, texts: Sequence[tuple[NotebookCell, str]]) -> list[Piece]:
        short = [(cell, text) for cell, text in texts if len(text) <= TEXT_LIMIT]
        marked = [MarkedText(*taken_out(text)) for _, text in short]
        until = time.monotonic() + _PATIENCE
        spelled = [
            [self._spelled(cell, formula) if time.monotonic() < until else None for formula in text.formulas]
            for (cell, _), text in zip(short, marked, strict=True)
        ]
        unique = list(dict.fromkeys(one for many in spelled for one in many if one))
        converted, formulas = self.typesetter.read(marked, unique)
        typst = {one: formula and spelled_for_typst(formula) for one, formula in zip(unique, formulas, strict=True)}
        ready = []
        for (cell, text), mine, one, many in zip(short, marked, converted, spelled, strict=True):
            if one is None:
                ready.append(boxed("This could not be read. What was handed in:", text))
                continue
            sources = [(formula.source, formula.display) for formula in mine.formulas]
            piece = Piece(one.typst, text, [typst[known] if known else None for known in many], sources)
            self._fill_in(piece, one.images, cell)
            ready.append(piece)
        done = iter(ready)
        return [next(done) if len(text) <= TEXT_LIMIT else _too_long(text) for _, text in texts]

    def _spelled(self, cell: NotebookCell, formula: Formula) -> Spelled | None:
        plain = _expanded(self.macros.get(cell.number, Macros()), formula.tex)
        if plain is None:
            return None
        return Spelled(tuple(dict.fromkeys([spelled_for_pandoc(plain), plain])), formula.display)

    # ---- pictures

    def _fill_in(self, piece: Piece, images: Sequence[str], cell: NotebookCell) -> None:
        """Find the pictures that a text names: among its attachments, in itself, and in the files beside it."""
        sources = []
        for name in images:
            content = self._named(name, cell)
            seen = (
                self._see(content) if content is not None else Images(problem="it was not handed in with the notebook")
            )
            piece.pictures.append(seen.pictures)
            short = name if len(name) <= 200 else f"{name[:200]}..."
            sources.append(f"{short}: {seen.problem}" if seen.problem else "")
        piece.picture_sources = [clean(source) for source in sources]

    def _named(self, name: str, cell: NotebookCell) -> bytes | None:
        if name.startswith("attachment:"):
            wanted = name.removeprefix("attachment:")
            return cell.attachments.get(wanted) or cell.attachments.get(unquote(wanted))
        if match := re.match(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,", name):
            return decoded(unquote(name[match.end() :]))
        for path in (name, unquote(name)):
            inside = normpath(join(self.folder, path.replace("\\", "/")))
            if inside in self.files and is_picture(inside):
                self.used.add(inside)
                return self.files[inside]
        return None

    def _see(self, content: bytes) -> Images:
        if content not in self._seen:
            if len(self._seen) >= _PICTURES:
                return Images(problem=f"only {_PICTURES} pictures of a submission are shown")
            if self._looked > _PATIENCE:
                return Images(problem="the pictures before it took too long")
            begun = time.monotonic()
            self._seen[content] = self.typesetter.see(content)
            self._looked += time.monotonic() - begun
        return self._seen[content]

    def picture(self, content: bytes, name: str) -> Piece:
        """A picture or a PDF that was handed in, as a piece."""
        seen = self._see(content)
        return shown(seen.pictures, clean(name), seen.problem)

    def _attached(self, cell: NotebookCell, mine: Sequence[Piece]) -> Iterator[Piece]:
        """Attachments that the text of the cell does not show."""
        for name, content in cell.attachments.items():
            if not any(
                re.search(rf"attachment:(?:{re.escape(name)}|{re.escape(quote(name))})", one.source) for one in mine
            ):
                yield self.picture(content, name)

    # ---- code and everything else

    def _other(self, cell: NotebookCell) -> Iterator[Piece]:
        if not cell.source.strip():
            return
        if len(cell.source) > TEXT_LIMIT:
            yield _too_long(cell.source)
        else:
            yield program(cell.source, "python" if cell.kind == "code" else "")

    def _outputs(self, cell: NotebookCell) -> Iterator[Piece]:
        for output in cell.outputs:
            if output.picture:
                yield self.picture(output.picture, f"a picture stored with cell {cell.number}")
            elif output.text.strip():
                yield printed(output.text)


def _markdown(cell: NotebookCell) -> str | None:
    """The text of a cell that is to be read as markdown, which may be a code cell that holds no code."""
    if cell.kind == "markdown":
        return cell.source
    if cell.kind == "raw":
        return None
    if match := _MAGIC.match(cell.source):
        return cell.source[match.end() :]
    return cell.source if cell.source.strip() and not _is_python(cell.source) else None


def _is_python(source: str) -> bool:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!", "?"))]
    if parsed("\n".join(lines[:2000])) is None:
        return bool(re.search(r"^\s*(?:import \w|from \w+ import|def \w+\(|print ?\(|\w+ = )", source, re.MULTILINE))
    return True


def _expanded(macros: Macros, tex: str) -> str | None:
    try:
        plain = macros.expanded(tex)
    except WrongMacros:
        return None
    return plain if len(plain) <= _LONGEST_FORMULA else None


def _too_long(text: str) -> Piece:
    told = f"This is too long to be typeset: {len(text)} characters. The first {TEXT_LIMIT // 4}:"
    return boxed(told, text[: TEXT_LIMIT // 4])
