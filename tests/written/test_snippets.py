"""TeX as students write it comes out as a formula, or as its source in a box."""

from pathlib import Path

import pytest

from autograder.written.formulas import taken_out
from autograder.written.typesetter import Typesetter
from tests.written.samples import set_text, text_of
from tests.written.snippets import SHOWN, WRONG

#: Derivations as students write them, cell by cell. Jupyter or another editor of notebooks shows all of them.
DERIVATIONS = (Path(__file__).parent / "derivations.md").read_text(encoding="utf-8").removesuffix("\n").split("\n%%\n")


def test_what_jupyter_shows_is_set(typesetter: Typesetter) -> None:
    """Every formula of the collection is set as one, and none is missing."""
    pieces, _ = set_text(typesetter, *SHOWN.values())
    boxed = [piece.source for piece in pieces if piece.reason or not piece.formulas or None in piece.formulas]
    assert len(SHOWN) >= 80
    assert boxed == []


def test_derivations_are_set(typesetter: Typesetter) -> None:
    """Nothing of the derivations is shown as its source, and no mark of ours is left in them."""
    pieces, _ = set_text(typesetter, *DERIVATIONS)
    boxed = [piece.source for piece in pieces if piece.reason or None in piece.formulas]
    assert len(DERIVATIONS) >= 60
    assert boxed == []
    assert not any(0xE000 <= ord(char) <= 0xF8FF for piece in pieces for char in piece.typst + str(piece.formulas))


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        ("|z|", "vbar z vbar"),
        (r"\left. \frac{a}{b} \right|_{x=0}", "lr( a / b vbar)_(x = 0)"),
        (r"\left\{ a \right.", r"lr(\{ a )"),
        (r"\frac{\left\{ a \right.}{b}", r"frac(lr(\{ a ), b)"),
        (r"\left( a \middle| b \right]", r"lr(\( a mid(vbar) b \])"),
        (r"\|w\|_2 + a \parallel b", "dbar w dbar_2 + a parallel b"),
        (r"a\mid b", "a divides b"),
        (r"\bigl( a \bigr)", r'big(#1.2em, "opening", \() a big(#1.2em, "closing", \))'),
        (r"\operatorname{sgn}(z)", r'op("sgn") \( z \)'),
        (r"\operatorname*{argmax}_z f", 'op("argmax", limits: #true)_z f'),
        (r"\text{if } z", 'upright("if ") z'),
        (r"\begin{array}{l|c} a & b \\ \hline c & d \end{array}",
         "mat(delim: #none, augment: #(vline: (1,), hline: (1,)), & a, b; & c, d)"),
        (r"\boxed{\text{für …}} \$", r'#box(stroke: black, inset: 3pt, [$ upright("für …") $]) \$'),
    ],
)  # fmt: skip
def test_formulas_in_typst(typesetter: Typesetter, tex: str, typst: str) -> None:
    """Brackets belong together, bars have the spaces of letters, tables have their lines."""
    pieces, _ = set_text(typesetter, f"${tex}$")
    assert [" ".join((one or "")[1:-1].split()) for one in pieces[0].formulas] == [typst]


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        (r"\newcommand{\p}[2][2]{#2^#1} \p{x} + \p[3]{y}", "x^2 + y^3"),
        (r"\newcommand\s{\sigma}\s z", "sigma z"),
        (r"\newcommand{RR}{b} \RR", "b"),
        (r"\newcommand*\s{\sigma}\s*x", "sigma * x"),
        (r"\newcommand{\la}{\alpha\beta}\la x", "alpha beta x"),
        (r"\newcommand{\dz}{\mathrm{d}} \renewcommand{\dz}{c} \dz", "c"),
        (r"\def \dz  #1{\mathrm{d}#1} \dz z", "upright(d) z"),
        (r"\DeclareMathOperator*{\am}{argmax} \am_z f", 'op("argmax", limits: #true)_z f'),
        (r"\unicode{x2207} + \unicode{8711}", 'upright("∇") + upright("∇")'),
        (r"\unicode{36} \unicode{x5f} \unicode{123}", r"\$ \_ {"),
        (r"\unicode{x200b} x", "x"),
        (r"\label{eq:a_b} x", '#h(2em) upright("(eq:a b)") x'),
        (r"\enclose{horizontalstrike}{x} + \enclose{box}{y}", "cancel(x) + #box(stroke: black, inset: 3pt, [$ y $])"),
        (r"{a \over b} + {{c} \over d}", "a / b + c / d"),
        (" + ".join([r"{1 \over 2}"] * 30), " + ".join(["1 / 2"] * 30)),
        (r"\big/ a \big| b", r'big(#1.2em, "normal", \/) a big(#1.2em, "normal", vbar) b'),
    ],
)  # fmt: skip
def test_what_pandoc_does_not_know(typesetter: Typesetter, tex: str, typst: str) -> None:
    """Macros, characters by number, labels, frames and fractions mean what they mean in Jupyter."""
    pieces, _ = set_text(typesetter, f"${tex}$")
    assert [" ".join((one or "")[1:-1].split()) for one in pieces[0].formulas] == [typst]


@pytest.mark.parametrize(
    "tex",
    [
        r"\newcommand{\q}[1]{#1} \q",
        r"\newcommand{two words}{b} a",
        r"\newcommand{\q}[1][2]{#1} \q[x",
        r"\newcommand{\q}[1]{#2} \q{x}",
        r"\def name{b} a",
        r"\def",
        r"\newcommand{\q}{\q\q} \q",
        r"\newcommand{\q}[1]{#1#1}" + r"\q{" * 20 + "x" + "}" * 20,
        r"\newcommand{\q}{" + "x" * 3000 + "}" + r"\q" * 10,
        r"\newcommand{\q}[1]{#1#1} \q{" + "x" * 15_000 + "}",
        r"\ref{a}" * 60,
        r"\unicode{zzz} f",
        r"\unicode{x110000} f",
        r"\cancelto{0}",
        " + ".join([r"{1 \over 2}"] * 300),
    ],
)
def test_what_lacks_something_is_no_formula(typesetter: Typesetter, tex: str) -> None:
    """If a macro, a command or a number cannot be read, nothing of the formula is dropped: its source is shown."""
    pieces, _ = set_text(typesetter, f"${tex}$")
    assert pieces[0].formulas == [None]


def test_a_table_has_its_last_row(typesetter: Typesetter) -> None:
    """A table at the end of a cell, after which there is no line end, has all its rows."""
    pieces, _ = set_text(typesetter, "| a | b |\n|---|---|\n| $x$ | two |\n| $y$ | four |")
    assert "[four]" in pieces[0].typst


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
        ("$$ a\n\nb $$ and $c$", [" a\\\\\nb ", "c"]),
        ("$$ a\n\nb and $c$", ["c"]),
        ("It costs $$ a lot.\n\nFirst paragraph.\n\nSecond $$ one.", []),
        ("$$a\\text{ if you like it}\n\nb$$", ["a\\text{ if you like it}\\\\\nb"]),
        ("no $ formula", []),
        (r"\$5 and \$6", []),
        (r"$$ a \\[2pt] b $$", [r" a \\[2pt] b "]),
    ],
)
def test_formulas_are_found_as_jupyter_finds_them(text: str, formulas: list[str]) -> None:
    assert [formula.tex for formula in taken_out(text)[1]] == formulas
