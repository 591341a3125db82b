"""Notebooks of any age and form: their cells, what is pasted into them, and stored outputs are on the page."""

import base64
import io
import json
import random
from typing import Any

import pytest
from PIL import Image

from autograder.written.notebook import NotebookCell, StoredOutput, read_cells, script_cells
from autograder.written.pieces import Piece
from autograder.written.seeing import seen
from autograder.written.typesetter import Typesetter
from tests.written.samples import picture, pictures_in, set_cells, text_of

ENCODED = base64.b64encode(picture()).decode()


def cell_of(kind: str = "markdown", **keys: Any) -> NotebookCell:
    """A cell as it is read from the file of a notebook."""
    raw = {"cell_type": kind, "metadata": {}, "source": "x", **keys}
    return read_cells("a.ipynb", json.dumps({"nbformat": 4, "metadata": {}, "cells": [raw]}).encode())[0]


@pytest.mark.parametrize(("level", "source"), [(2, "## x"), (9, "# x"), ("two", "# x")])
def test_headings_of_old_notebooks(level: object, source: str) -> None:
    """A heading of format 3 becomes markdown, on the first level if its own is not known."""
    cell = cell_of("heading", level=level)
    assert (cell.kind, cell.source) == ("markdown", source)


@pytest.mark.parametrize(
    ("attachments", "names"),
    [
        ({"a.png": {"image/png": ENCODED}}, ["a.png"]),
        ({"a.png": {"image/png": [ENCODED[:20], ENCODED[20:]]}}, ["a.png"]),
        ({"a.txt": {"text/plain": "words"}, "b.png": {"image/png": ENCODED}}, ["b.png"]),
        ({"a.png": {"image/png": "x"}}, []),
        ({"a.png": {"image/png": 5}}, []),
        ({"a.png": "no bundle"}, []),
        (["a.png"], []),
    ],
)
def test_attachments(attachments: object, names: list[str]) -> None:
    """Pictures that were pasted are read; what is no picture, or is damaged, is left out."""
    assert list(cell_of(attachments=attachments).attachments) == names


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"output_type": "stream", "text": ["one\n", "two"]}, [StoredOutput("one\ntwo")]),
        ({"output_type": "execute_result", "data": {"text/plain": "42"}}, [StoredOutput("42")]),
        ({"output_type": "display_data", "data": {"image/png": ENCODED, "text/plain": "<Figure>"}},
         [StoredOutput(picture=picture())]),
        ({"output_type": "error", "ename": "ValueError"}, []),
        ("no output", []),
    ],
)  # fmt: skip
def test_stored_outputs(output: object, expected: list[StoredOutput]) -> None:
    """Text and pictures are kept, the picture if there are both; an output without either is left out."""
    assert cell_of("code", outputs=[output]).outputs == expected


def test_long_outputs_are_cut() -> None:
    """The first 60 lines are shown, and how many more there are."""
    text = "\n".join(map(str, range(100)))
    assert cell_of("code", outputs=[{"text": text}]).outputs[0].text.endswith("59\n... and 40 more lines")


def test_a_script_without_text() -> None:
    """Cells of a script that hold nothing are left out, and text before the first mark is code."""
    cells = script_cells("import os\n# %%\n\n# %% [markdown]\n# words\n")
    assert [(cell.kind, cell.source) for cell in cells] == [("code", "import os"), ("markdown", "words")]


CODE, RAW, PICTURE = "x = 1\nprint(x)", "no $formula$ here", StoredOutput(picture=picture())


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (NotebookCell(1, "code", CODE), ["x = 1", "print(x)"]),
        (NotebookCell(1, "raw", RAW), [RAW]),
        (NotebookCell(1, "raw", " "), []),
        (NotebookCell(1, "code", "%%latex\n$\\alpha$ words"), ["words"]),
        (NotebookCell(1, "code", "The loss $x$ is small."), ["The loss", "is small."]),
        (NotebookCell(1, "code", "import numpy as np\nx = = 2"), ["import numpy as np", "x = = 2"]),
        (NotebookCell(1, "code", "%matplotlib inline\n!ls\nx = 2"), ["%matplotlib inline", "x = 2"]),
        (NotebookCell(1, "code", CODE, outputs=[StoredOutput("42 is printed"), StoredOutput(" ")]), ["42 is printed"]),
        (NotebookCell(1, "code", "a = 1\n" * 20_000), ["too long to be typeset: 120000 characters"]),
        (NotebookCell(1, "markdown", "word " * 30_000), ["too long to be typeset: 150000 characters"]),
    ],
)
def test_cells_of_every_kind(typesetter: Typesetter, cell: NotebookCell, shown: list[str]) -> None:
    """Code is shown as code, text in a cell for code as text, and of what is too long the beginning."""
    _, pdf = set_cells(typesetter, [cell, NotebookCell(2, "markdown", "AFTERWARDS")])
    found = " ".join(text_of(pdf).split())
    assert [one for one in [*shown, "AFTERWARDS"] if one not in found] == []
    assert "alpha" not in found


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (NotebookCell(1, "markdown", "![a](attachment:a%20b.png)", attachments={"a b.png": picture()}), 1),
        (NotebookCell(1, "markdown", "words", attachments={"a.png": picture()}), 1),
        (NotebookCell(1, "markdown", f"![a](data:image/png;base64,{ENCODED})"), 1),
        (NotebookCell(1, "markdown", "![a](my%20scan.png) ![a](my%20scan.png)"), 2),
        (NotebookCell(1, "code", "draw(1)", outputs=[PICTURE, PICTURE]), 2),
    ],
)
def test_pictures_of_every_kind(typesetter: Typesetter, cell: NotebookCell, count: int) -> None:
    """A picture is shown where it was pasted, written out, named or drawn; if no text shows it, below the cell."""
    pieces, pdf = set_cells(typesetter, [cell], {"my scan.png": picture()})
    assert pictures_in(pdf) == count
    assert not any(source for piece in pieces for source in piece.picture_sources)


def test_too_many_pictures(typesetter: Typesetter) -> None:
    """Sixty different pictures of a submission are shown, and beside each of the others stands why it is not."""
    pictures = {f"{number}.png": picture(size=(1, number)) for number in range(1, 63)}
    cell = NotebookCell(1, "markdown", "".join(f"![a](attachment:{name})" for name in pictures), attachments=pictures)
    pieces, _ = set_cells(typesetter, [cell])
    told = [source for source in pieces[0].picture_sources if source]
    assert told == [f"attachment:{n}.png: only 60 pictures of a submission are shown" for n in (61, 62)]


def drawn(mode: str, size: tuple[int, int], form: str) -> bytes:
    """A picture in a mode and a format."""
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, form)
    return stream.getvalue()


def photo(side: int) -> bytes:
    """A PNG in which all neighbours differ a little, as in a photo."""
    stream, shades = io.BytesIO(), bytes(100 + shade % 32 for shade in range(256))
    Image.frombytes("L", (side, side), random.Random(0).randbytes(side * side).translate(shades)).save(stream, "PNG")
    return stream.getvalue()


#: A PDF with a form in which a student typed a line.
FORM = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R] /DA (/Helv 20 Tf 0 g)
/DR <</Font <</Helv 5 0 R>>>>>>>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Annots [4 0 R]>> endobj
4 0 obj <</Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (typed) /Rect [10 10 190 90] /F 4
/DA (/Helv 20 Tf 0 g) /P 3 0 R>> endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


@pytest.mark.parametrize(
    ("content", "form", "shown"),
    [
        (drawn("RGBA", (50, 50), "PNG"), "PNG", (13.23, 13.23)),
        (drawn("P", (50, 50), "GIF"), "PNG", (13.23, 13.23)),
        (drawn("CMYK", (50, 50), "JPEG"), "JPEG", (13.23, 13.23)),
        (drawn("L", (50, 50), "BMP"), "JPEG", (13.23, 13.23)),
        (drawn("RGB", (3000, 100), "PNG"), "PNG", (165.0, 5.5)),
        (photo(900), "JPEG", (165.0, 165.0)),
    ],
)
def test_pictures_are_encoded_again(content: bytes, form: str, shown: tuple[float, float]) -> None:
    """A picture of any kind fits the page, and takes little room: a large one is smaller, a photo is a JPEG."""
    (page,) = seen(content).pictures
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.format == form
        assert max(image.size) <= 1700
    assert (page.width, page.height) == shown
    assert len(page.content) < 400_000


def test_a_clear_picture_is_on_white() -> None:
    """What a picture leaves clear is white, as on paper."""
    (page,) = seen(drawn("RGBA", (5, 5), "PNG")).pictures
    with Image.open(io.BytesIO(page.content)) as image:
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_a_picture_that_is_too_large() -> None:
    """A picture with too many pixels is not opened; its size is told."""
    found = seen(drawn("1", (9000, 7000), "PNG"))
    assert (found.pictures, found.problem) == ([], "it is too large: 9000 by 7000 pixels")


def test_a_form_that_was_filled_in() -> None:
    """What was typed into the form of a PDF is on its page, which fills one of ours."""
    (page,) = seen(FORM).pictures
    assert (page.width, page.height) == pytest.approx((165, 82.5), abs=0.5)
    with Image.open(io.BytesIO(page.content)) as image:
        darkest, _ = image.convert("L").getextrema()
    assert darkest < 100


def test_a_piece_without_its_cell() -> None:
    """A piece that cannot be set shows its source, and its pictures below it."""
    piece = Piece("#m(0);#p(0);", "the source", ["$x$"], [("x", False)], [seen(picture()).pictures], [""])
    piece.give_up("It cannot be set.")
    assert (piece.reason, piece.formulas) == ("It cannot be set.", [])
    assert piece.typst == '#boxed("It cannot be set.", "the source")\n\n#p(0);'
