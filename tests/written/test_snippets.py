"""TeX as students write it comes out as a formula, or as its source in a box."""

import pytest

from autograder.written.formulas import taken_out
from autograder.written.typesetter import Typesetter
from tests.written.samples import set_text, text_of
from tests.written.snippets import SHOWN, WRONG


def test_what_jupyter_shows_is_set(typesetter: Typesetter) -> None:
    """Every formula of the collection is set as one, and none is missing."""
    pieces, _ = set_text(typesetter, *SHOWN.values())
    boxed = [piece.source for piece in pieces if piece.reason or not piece.formulas or None in piece.formulas]
    assert len(SHOWN) >= 80
    assert boxed == []


def test_what_is_wrong_is_shown_as_it_was_typed(typesetter: Typesetter) -> None:
    """A formula with a slip is set, or its source is on the page."""
    pieces, pdf = set_text(typesetter, *WRONG.values())
    text = "".join(text_of(pdf).split())
    boxed = [source for piece in pieces for source, formula in zip(piece.formula_sources, piece.formulas, strict=True)
             if formula is None]  # fmt: skip
    assert len(boxed) >= 12
    assert [source for source, _ in boxed if "".join(source.split()) not in text] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("H<sub>2</sub>O <b>bold</b><br>next", ["H2O", "bold", "next"]),
        ("<table><tr><td>left $x$</td><td>right</td></tr></table>", ["left", "right"]),
        ("<details><summary>Proof</summary>\n\nby **magic**\n\n</details>", ["Proof", "by magic"]),
        ("| a | b |\n|---|---|\n| one | two |", ["one", "two"]),
        ("1. first\n   - inner\n2. second", ["first", "inner", "second"]),
        ("```python\nx = '$1'  # $y$\n```", ["x = '$1' # $y$"]),
        ("Größe, naïve, Übung", ["Größe, naïve, Übung"]),
        ("مرحبا", ["مرحبا"]),
        ("中文回答", ["中文回答"]),
        ("if a <z and c> 0", ["if a <z and c> 0"]),
        ("costs 5$ and no more", ["costs 5$ and no more"]),
        (r"\textbf{no formula} \cite{x}", [r"\textbf{no formula} \cite{x}"]),
        ("text<!-- a comment -->", ["text"]),
    ],
)
def test_markdown(typesetter: Typesetter, text: str, shown: list[str]) -> None:
    """What Jupyter shows of markdown and HTML is on the page."""
    pieces, pdf = set_text(typesetter, text)
    found = " ".join(text_of(pdf).split())
    assert [one for one in shown if one not in found and one[::-1] not in found] == []
    assert [piece.reason for piece in pieces if piece.reason] == []


def test_emoji_has_a_glyph(typesetter: Typesetter) -> None:
    """An emoji is in the PDF, with a font that has it."""
    _, pdf = set_text(typesetter, "done \U0001f600 ✅")
    assert "\U0001f600" in text_of(pdf)


def test_macros_of_earlier_cells(typesetter: Typesetter) -> None:
    """A macro holds from the cell that defines it, and not before."""
    pieces, _ = set_text(typesetter, r"$\RR$", r"$\newcommand{\RR}{\mathbb{R}}$", r"$x \in \RR$")
    assert pieces[0].formulas == [None]
    assert pieces[2].formulas == ["$x in bb(R)$"]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$a$ `$b$` $c$", ["a", "c"]),
        ("```\n$a$\n```\n$b$", ["b"]),
        (r"\(a\) \\(b\\) \[c\]", ["a", "b", "c"]),
        (r"\begin{align}a\end{align}", [r"\begin{align}a\end{align}"]),
        (r"$a \text{ for $b$}$", [r"a \text{ for $b$}"]),
        ("$$ a\n\nb $$ and $c$", ["c"]),
        ("no $ formula", []),
        (r"\$5 and \$6", []),
        (r"$$ a \\[2pt] b $$", [r" a \\[2pt] b "]),
    ],
)
def test_formulas_are_found_as_jupyter_finds_them(text: str, formulas: list[str]) -> None:
    assert [formula.tex for formula in taken_out(text)[1]] == formulas
