"""Notebooks made from the handout, pictures, and PDFs read back: shared by the tests of written answers."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import pypdfium2
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from PIL import Image

from autograder.written.notebook import NotebookCell
from autograder.written.pieces import Piece
from autograder.written.preparing import Preparation
from autograder.written.sheets import PageHead, Section, make_pdf
from autograder.written.typesetter import Typesetter
from autograder.zips.sources import Sources

__all__ = ["new_code_cell", "new_markdown_cell", "new_output"]


def handout(sources: Sources) -> Any:
    """The handout, as a notebook to fill in."""
    return nbformat.reads(sources.notebook(solved=False).decode(), 4)


def place(notebook: Any, question: str) -> int:
    """Where the cell for an answer is."""
    return next(n for n, cell in enumerate(notebook.cells) if question in cell.metadata.get("tags", []))


def answered(sources: Sources, **answers: str) -> Any:
    """The handout with answers in its cells."""
    notebook = handout(sources)
    for question, text in answers.items():
        notebook.cells[place(notebook, question)].source = text
    return notebook


def written(notebook: Any) -> bytes:
    """A notebook as the bytes of its file."""
    return nbformat.writes(notebook).encode()  # type: ignore[no-any-return]


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture, or a PDF with one page."""
    stream = io.BytesIO()
    Image.new("RGB", size, "navy").save(stream, kind)
    return stream.getvalue()


def pasted(text: str, name: str, content: bytes) -> Any:
    """A cell with a picture that was pasted into it."""
    cell = new_markdown_cell(text)
    cell["attachments"] = {name: {"image/png": base64.b64encode(content).decode()}}
    return cell


def text_of(pdf: bytes) -> str:
    """What can be read in a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def pictures_in(pdf: bytes) -> int:
    """How many pictures a PDF shows."""
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(1 for page in document for one in page.get_objects() if one.type == 3)


def set_cells(typesetter: Typesetter, cells: Sequence[NotebookCell], files: dict[str, bytes] | None = None) -> tuple[
    list[Piece], bytes
]:  # fmt: skip
    """The pieces of cells, and their PDF."""
    preparation = Preparation(typesetter, files or {})
    preparation.learn(cells)
    pieces = [piece for many in preparation.pieces(cells) for piece in many]
    return pieces, make_pdf(typesetter, PageHead("Ada", "17"), [Section("", pieces)]).pdf


def set_text(typesetter: Typesetter, *texts: str) -> tuple[list[Piece], bytes]:
    """The pieces of cells with these texts, and their PDF."""
    return set_cells(typesetter, [NotebookCell(number, "markdown", text) for number, text in enumerate(texts, 1)])


def saved(folder: Path, **notebooks: Any) -> Path:
    """A folder with notebooks."""
    folder.mkdir(exist_ok=True)
    for name, notebook in notebooks.items():
        (folder / f"{name}.ipynb").write_bytes(written(notebook))
    return folder
