"""Texts that would take long: the work grows no faster than they do, and what is left after some time is not tried."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from autograder.errors import OurFault
from autograder.student.clock import interrupted_after
from autograder.written import preparing, sheets, typesetter
from autograder.written.formulas import Formula, taken_out
from autograder.written.helper import HelperFailed
from autograder.written.macros import Allowance, Macros, WrongMacros
from autograder.written.notebook import NotebookCell
from autograder.written.orders import Images, SetPages
from autograder.written.pieces import Piece
from autograder.written.preparing import Preparation
from autograder.written.sheets import PageHead, Section, make_pdf
from autograder.written.spelling import spelled_for_pandoc
from autograder.written.typesetter import MarkedText, Spelled, Typesetter

#: Takes far longer if the time grows with the square of the length.
SLOW: dict[str, Callable[[], object]] = {
    "runs of backticks": lambda: taken_out(" ".join("`" * length for length in range(1, 1200))),
    "formulas without end": lambda: taken_out(r"\\[ x " * 200_000),
    "options without end": lambda: spelled_for_pandoc(r"\bbox[" * 40_000),
    "colours without end": lambda: spelled_for_pandoc(r"\textcolor[" * 40_000),
}


@pytest.mark.parametrize("what", SLOW)
def test_no_text_takes_long(what: str) -> None:
    """Texts of several hundred thousand characters are read in a few seconds."""
    with interrupted_after(8):
        SLOW[what]()


@pytest.mark.parametrize(
    ("text", "count"),
    [("`$a$` $b$", 1), ("``$a` $b$``", 0), (r"\`$a$` $b$", 2), ("`$a$\n` $b$", 2), ("`` ` $a$ `` ` $b$ `", 0)],
)
def test_code_between_equally_many_backticks_has_no_formulas(text: str, count: int) -> None:
    """A span of code ends in its line, at as many backticks as it began with; after a backslash, none begins."""
    assert len(taken_out(text)[1]) == count


# ---- macros


def test_a_macro_that_hands_on_a_long_argument_ends() -> None:
    """All that is put in the place of macros counts, not only how many macros there are."""
    known = Macros()
    with interrupted_after(5), pytest.raises(WrongMacros):
        known.expanded(r"\def\a#1{\a{#1}}\a{" + "x" * 19_000 + "}")
    known = Macros()
    with interrupted_after(5), pytest.raises(WrongMacros):  # arguments that nobody sees
        known.expanded(r"\def\b#1{}\def\a#1{\b{" + "x" * 19_000 + r"}\a{}}\a{}")


def test_the_cells_of_a_notebook_share_an_allowance() -> None:
    """After very many macros, later ones are not read, in whatever cell."""
    known = Macros(allowance=Allowance(60))
    assert known.expanded(r"\newcommand{\a}{xxxx}\a") == "xxxx"
    cell = known.copy()
    for _ in range(9):
        assert cell.expanded(r"\a") == "xxxx"
    cell.allowance.left = 4
    with pytest.raises(WrongMacros):
        known.expanded(r"\a")
    assert known.copy().known == {}


def test_a_cell_sees_only_macros_from_before() -> None:
    """A macro that is defined twice means in each cell what it meant there."""
    cells = [NotebookCell(n, "markdown", text) for n, text in enumerate([r"$\def\a{x}$", "", r"$\def\a{y}$", ""], 1)]
    preparation = Preparation(None)  # type: ignore[arg-type]
    preparation.learn(cells)
    assert [preparation.macros[number].expanded(r"\a") for number in (1, 2, 3, 4)] == [r"\a", "x", "x", "y"]


# ---- time


def test_what_is_left_after_some_time_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a text is to blame, the others are tried only for some time."""
    asked = list[int]()

    def slow(_: Any, texts: Any, formulas: Any, seconds: float) -> Any:
        asked.append(len(texts) + len(formulas))
        raise HelperFailed

    one = Typesetter()
    monkeypatch.setattr(Typesetter, "_read", slow)
    many = [MarkedText("x", ())] * 3, [Spelled(("y",), False)] * 4
    assert one.read(*many) == ([None] * 3, [None] * 4)
    assert asked == [7, 1, 1, 1, 4, 2, 1, 1, 2, 1, 1]
    asked.clear()
    monkeypatch.setattr(typesetter, "_PATIENCE", -1)
    assert one.read(*many) == ([None] * 3, [None] * 4)
    assert asked == [7]
    one.close()


class _Nothing:
    """A typesetter that can read and set nothing."""

    def __init__(self) -> None:
        self.asked = 0

    def set(self, *_: Any) -> SetPages:
        """Fail in the last line, which is the end of a piece."""
        self.asked += 1
        return SetPages(problem="slow", line=1)

    def see(self, _: bytes) -> Images:
        """Take some time."""
        self.asked += 1
        time.sleep(0.01)
        return Images(problem="slow")


def test_pages_are_tried_only_for_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then all that was handed in is shown as its source."""
    setter, piece = _Nothing(), Piece("x", "source")
    monkeypatch.setattr(sheets, "_PATIENCE", -1)
    with pytest.raises(OurFault):
        make_pdf(setter, PageHead("", ""), [Section("", [piece])])  # type: ignore[arg-type]
    assert piece.reason
    assert setter.asked == 2  # at the end, with and without


def test_pictures_and_formulas_are_read_only_for_some_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes later is named, or shown as its source."""
    monkeypatch.setattr(preparing, "_PATIENCE", 0)
    setter = _Nothing()
    preparation = Preparation(setter)  # type: ignore[arg-type]
    told = [preparation.picture(bytes([number]), "drawing").picture_sources for number in range(3)]
    assert told == [["drawing: slow"], *[["drawing: the pictures before it took too long"]] * 2]
    assert setter.asked == 1
    formulas = list[Any]()
    monkeypatch.setattr(setter, "read", lambda texts, found: formulas.extend(found) or ([None], []), raising=False)
    preparation.pieces([NotebookCell(1, "markdown", "$x$")])
    assert formulas == []


def test_a_very_long_formula_is_shown_as_its_source() -> None:
    """It would be no formula that a person wrote."""
    preparation, cell = Preparation(None), NotebookCell(1, "markdown", "")  # type: ignore[arg-type]
    assert preparation._spelled(cell, Formula("x" * 20_000, "")) is not None
    assert preparation._spelled(cell, Formula("x" * 20_001, "")) is None
