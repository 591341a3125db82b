"""If a process that reads or sets answers fails, what could not be done is shown as its source, and the rest is set."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from autograder.errors import AutograderError, OurFault
from autograder.written import typesetter as module
from autograder.written.helper import Helper, HelperFailed
from autograder.written.notebook import NotebookCell
from autograder.written.orders import SetPages, Setting
from autograder.written.pieces import Piece
from autograder.written.setter import _Setter
from autograder.written.sheets import PageHead, Section, make_pdf
from autograder.written.typesetter import Typesetter
from tests.written.samples import picture, set_cells, set_text, text_of


def failing(helper: Helper, word: bytes) -> Callable[[bytes, float], bytes]:
    """What asks a process, and gets no answer if a word is in the question."""
    ask = helper.ask

    def asked(question: bytes, seconds: float) -> bytes:
        if word in question:
            raise HelperFailed("it took too long")
        return ask(question, seconds)

    return asked


def test_a_text_that_takes_too_long(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only that text is in a box."""
    monkeypatch.setattr(typesetter._pandoc, "ask", failing(typesetter._pandoc, b"SLOW"))
    pieces, pdf = set_text(typesetter, "SLOW words", "others with $x$")
    assert [bool(piece.reason) for piece in pieces] == [True, False]
    assert pieces[1].formulas == ["$x$"]
    assert "SLOW words" in text_of(pdf)


def test_a_text_without_formulas_that_takes_too_long(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes no difference whether there are formulas."""
    monkeypatch.setattr(typesetter._pandoc, "ask", failing(typesetter._pandoc, b"SLOW"))
    pieces, pdf = set_text(typesetter, "SLOW words")
    assert pieces[0].reason == "This could not be read. What was handed in:"
    assert "SLOW words" in text_of(pdf)


def test_a_formula_that_takes_too_long(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only that formula is shown as its source."""
    monkeypatch.setattr(typesetter._pandoc, "ask", failing(typesetter._pandoc, b'spellings": ["a_1'))
    pieces, _ = set_text(typesetter, "$x$ $y$ $a_1$ $z$")
    assert pieces[0].formulas == ["$x$", "$y$", None, "$z$"]


@pytest.mark.parametrize(
    "answer",
    [b"words\n", b"[]\n", b'{"cells": [], "formulas": []}\n', b'{"cells": [5], "formulas": []}\n',
     b'{"cells": [{"typst": 5}], "formulas": []}\n'],
)  # fmt: skip
def test_an_answer_that_makes_no_sense(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    """If pandoc answers something else, the text is in a box."""
    monkeypatch.setattr(typesetter._pandoc, "ask", lambda question, seconds: answer)
    pieces, pdf = set_text(typesetter, "some words")
    assert pieces[0].reason == "This could not be read. What was handed in:"
    assert "some words" in text_of(pdf)


def test_a_picture_that_takes_too_long(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its place stands why it is not shown, and the text is set."""
    monkeypatch.setattr(typesetter._setter, "ask", failing(typesetter._setter, picture()))
    cell = NotebookCell(1, "markdown", "words ![a](attachment:a)", attachments={"a": picture()})
    pieces, pdf = set_cells(typesetter, [cell])
    assert pieces[0].picture_sources == ["attachment:a: it cannot be read: it took too long"]
    assert "words" in text_of(pdf)


@pytest.mark.parametrize(("frame", "problem"), [(b"\0\0\0\1\xc1", "it cannot be read: its answer is invalid"),
                                                (b"\0\0\0\0", "it cannot be read: its answer is invalid")])  # fmt: skip
def test_a_frame_that_makes_no_sense(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch, frame: bytes, problem: str
) -> None:
    """A picture for which the process answers something else cannot be read, and no PDF is made of it."""
    monkeypatch.setattr(typesetter._setter, "ask", lambda question, seconds: frame)
    assert typesetter.see(picture()).problem == problem
    assert typesetter.set("x", {}).pdf == b""


def test_no_page_can_be_set(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """If not even the sources can be set, the reason is told: it is no fault of the student's."""
    monkeypatch.setattr(typesetter, "set", lambda *_: SetPages(problem="there is no memory"))
    with pytest.raises(OurFault, match=r"typst cannot set even plain text here \(there is no memory\)"):
        set_text(typesetter, "words $x$")


def test_pages_that_take_too_long_as_a_whole(typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch) -> None:
    """If time is up before the piece to blame is found, every piece is shown as its source."""
    monkeypatch.setattr("autograder.written.sheets._PATIENCE", 0.0)
    whole, told = typesetter.set, list[str]()

    def once(source: str, pictures: dict[str, bytes], alone: bool = False) -> SetPages:
        told.append(source)
        return SetPages(problem="it took too long") if len(told) == 1 else whole(source, pictures, alone)

    monkeypatch.setattr(typesetter, "set", once)
    pieces, pdf = set_text(typesetter, "first words", "second words")
    assert all(piece.reason for piece in pieces)
    assert "second words" in text_of(pdf)


def test_many_formulas_that_cannot_be_set(typesetter: Typesetter) -> None:
    """However many there are, only those are shown as their source."""
    formulas = ["$nonesuch$"] * 42 + ["$x$"]
    pages = "".join(f"#m({number});" for number in range(len(formulas)))
    piece = Piece(pages, "", [*formulas], [(f"source{number}", False) for number in range(len(formulas))])
    pdf = make_pdf(typesetter, PageHead("", ""), [Section("", [piece])]).pdf
    assert piece.formulas == [None] * 42 + ["$x$"]
    assert "source41" in text_of(pdf)


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package that PDFs need, its name and the command that installs it are told."""
    found = module.find_spec
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == "typst" else found(name))
    with pytest.raises(AutograderError, match=r"not installed \(typst\): run 'python -m pip install"):
        Typesetter()


def test_a_process_without_an_answer_is_ended() -> None:
    """When its time is up, the reason is told, and a fresh process answers the next question."""
    helper = Helper(["cat"], lambda got: got.endswith(b"\n"), uses=9)
    try:
        with pytest.raises(HelperFailed, match="it took too long"):
            helper.ask(b"a", 0)
        assert helper.ask(b"b\n", 10) == b"b\n"
    finally:
        helper.close()


def test_pages_without_their_folder(tmp_path: Path) -> None:
    """If the folder for pictures is gone, the reason is an answer like others, and the process goes on."""
    setter = _Setter(typst.Fonts(include_system_fonts=False), str(tmp_path / "gone"))
    answer = setter.answer(Setting("words"))
    assert isinstance(answer, SetPages)
    assert answer.problem.startswith("FileNotFoundError: ")


def test_a_process_is_replaced(typesetter: Typesetter) -> None:
    """After a number of questions a fresh process answers, so that none grows without end."""
    helper = Helper(["cat"], lambda got: got.endswith(b"\n"), uses=2)
    try:
        processes = []
        for _ in range(3):
            assert helper.ask(b"a\n", 10) == b"a\n"
            processes.append(helper._process)
        assert processes[0] is processes[1]
        assert processes[1] is not processes[2]
    finally:
        helper.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells which signals a process catches")
def test_the_process_for_one_pdf_can_be_stopped() -> None:
    """It ends in order, so that nothing that it has started stays behind, and says that it was stopped."""
    words = [sys.executable, "-m", "autograder.written.one"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            until = time.monotonic() + 30
            while not _catches(process.pid, signal.SIGTERM) and time.monotonic() < until:
                time.sleep(0.02)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (process.returncode, told.strip()) == (1, "it was stopped")


def _catches(process: int, number: int) -> bool:
    """Whether a process has a function of its own for a signal."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (number - 1) & 1)
