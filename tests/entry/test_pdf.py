"""In a container, the PDF of the written answers is made and handed in to Gradescope, and nothing depends on it."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.entry import container, pdf
from autograder.grading.files import from_json, to_json
from autograder.grading.grade import load_test_files
from autograder.grading.gradescope import FOR_STAFF
from autograder.grading.handout import HANDOUT_FILE
from autograder.grading.results_json import ContainerResults
from autograder.otter_keys import WRITTEN_LOCK
from autograder.zips.handout import known_handout
from autograder.zips.sources import Sources
from tests.entry.stand_in import HOST, StandIn, running
from tests.support.samples import GOOD, config, settings, write_cases
from tests.written.samples import answered, new_code_cell, text_of, written

pytestmark = pytest.mark.slow

TOKEN = "zq7-Gradescope.token+0123456789=="
KEYS = {"token": TOKEN, "course_id": 56, "assignment_id": "789"}
ADA, BOB = "ada@example.org", "bob@example.org"
USERS = [{"email": ADA, "id": 1, "name": "Ada Lovelace", "assignment": {}}, {"email": BOB, "name": "Bob", "sid": None}]


@pytest.fixture(scope="module")
def layout(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as Gradescope does, with a submission that has written answers and full marks."""
    folder = tmp_path_factory.mktemp("layout")
    for name in ("submission", "results", "source/files"):
        (folder / name).mkdir(parents=True)
    work = answered(sources, q1="Ada's $e^{-|z|} \\le 1$", q2=r"\begin{align}\sigma(z)-y\end{align}")
    work.cells.append(new_code_cell(GOOD))
    (folder / "submission" / "homework.ipynb").write_bytes(written(work))
    write_cases(folder / "source" / "tests", one="init", hidden="init")
    known = known_handout(sources.notebook(solved=False), sources.written)
    (folder / "source" / HANDOUT_FILE).write_text(to_json(known), encoding="utf-8")
    (folder / "source" / WRITTEN_LOCK).touch()
    (folder / "submission_metadata.json").write_text(json.dumps({"id": 4711, "users": USERS}), encoding="utf-8")
    return folder


@pytest.fixture
def place(layout: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(layout, tmp_path / "autograder"))


Serve = Callable[..., StandIn]


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """A function that starts the stand-in, with what it does with each request."""
    with ExitStack() as stack:

        def start(*answers: str) -> StandIn:
            server = stack.enter_context(running(StandIn(tmp_path, answers=answers or ("200",))))
            for name, value in server.environment().items():
                monkeypatch.setenv(name, value)
            return server

        yield start


def graded(place: Path, **keys: Any) -> dict[str, Any]:
    """The results.json of a container with these keys."""
    (place / "source" / "otter_config.json").write_text(json.dumps(config() | keys), encoding="utf-8")
    container.main(place)
    results: dict[str, Any] = json.loads((place / "results" / "results.json").read_text(encoding="utf-8"))
    return results


@pytest.fixture(scope="module")
def before(layout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a container that has graded and made a PDF, as ``otter grade --pdfs`` has it done."""
    place = Path(shutil.copytree(layout, tmp_path_factory.mktemp("before") / "autograder"))
    (place / "submission" / "homework.pdf").touch()
    (place / "submission_metadata.json").write_text("", encoding="utf-8")
    graded(place, pdf=True, pagebreaks=True, filtering=True)
    return place


HandIn = Callable[..., dict[str, Any]]


@pytest.fixture
def hand_in(place: Path, before: Path, monkeypatch: pytest.MonkeyPatch) -> HandIn:
    """A function that does what a container does after grading, and returns what is in results.json then."""
    results = from_json((before / "results" / "results.json").read_bytes(), ContainerResults)
    container.close(place)

    def run(make: bool = False, **keys: Any) -> dict[str, Any]:
        if not make:
            ready = before / "submission" / "homework.pdf"
            monkeypatch.setattr(pdf, "_make", lambda order: shutil.copy(ready, order.target))
        test_files = load_test_files(place / "source" / "tests")
        outcome = pdf.make_and_hand_in(place, config() | KEYS | keys, settings(), test_files)
        done: dict[str, Any] = msgspec.to_builtins(pdf.with_pdf(results, outcome, keys.get("warn_missing_pdf", False)))
        return done

    return run


def staff(results: dict[str, Any]) -> str:
    (test,) = [test for test in results["tests"] if test["name"] == FOR_STAFF]
    assert test["visibility"] == "hidden"
    return str(test["output"])


def seen(results: dict[str, Any]) -> str:
    """What a student may read at some time."""
    shown = [test for test in results["tests"] if test["visibility"] != "hidden"]
    return json.dumps([shown, results["output"]])


def points(results: dict[str, Any]) -> float:
    return float(sum(test.get("score", 0) for test in results["tests"]))


def check_token(place: Path, *texts: str) -> None:
    """The token is in no text, and in no file but the settings, which only our user can read."""
    assert all(TOKEN not in text for text in texts)
    for path in place.rglob("*"):
        if path.is_file() and path.name != "otter_config.json":
            assert TOKEN.encode() not in path.read_bytes(), path
    assert (place / "source").stat().st_mode & 0o077 == 0


def test_handed_in(place: Path, serve: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    """Each student gets the PDF, with name and number at its head, as Otter's client sends it; marks are as without."""
    server = serve()
    results = graded(place, **KEYS)
    assert [request["owner"] for request in server.requests] == [ADA, BOB]
    assert server.connected == [f"{HOST}:443"] * 2
    for request in server.requests:
        assert request["path"] == "/api/v1/courses/56/assignments/789/submissions"
        assert request["token"] == TOKEN
        text = text_of(request["pdf"])
        assert "Ada's" in text
        assert "Ada Lovelace, Bob" in text
        assert "submission 4711" in text
    assert points(results) == 2
    assert pdf.TAKEN in seen(results)
    assert f"handed in for {ADA} (course 56, assignment 789)" in staff(results)
    printed = "".join(capfd.readouterr())
    assert pdf.TAKEN in printed
    check_token(place, printed)


#: What the stand-in does, and what staff read of it.
FAILURES = {
    "500": "status 500: {",
    "403": "status 403: {",
    "echo": "[token]",
    "redirect": "TooManyRedirects",
    "hang": "it took longer than 3 seconds",
    "trickle": "it took longer than 3 seconds",
}


@pytest.mark.parametrize("how", FAILURES)
def test_refused(
    how: str,
    place: Path,
    hand_in: HandIn,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Marks are as without, staff read what came back, the student that it did not work; the token goes nowhere."""
    monkeypatch.setattr(pdf, "UPLOAD_SECONDS", 3.0)
    server = serve(how)
    results = hand_in()
    assert points(results) == 2
    assert FAILURES[how] in staff(results)
    assert f"not handed in for {BOB} (course 56, assignment 789)" in staff(results)
    assert "\x1b" not in staff(results)
    assert pdf.NOT_TAKEN in seen(results)
    assert FAILURES[how] not in seen(results)
    assert {request["owner"] for request in server.requests} <= {ADA, BOB}
    assert set(server.connected) == {f"{HOST}:443"}
    check_token(place, json.dumps(results) + "".join(capfd.readouterr()))


def test_taken_for_one_only(hand_in: HandIn, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was handed in before the time was up is known."""
    monkeypatch.setattr(pdf, "UPLOAD_SECONDS", 4.0)
    serve("200", "hang")
    results = hand_in()
    assert f": handed in for {ADA}" in staff(results)
    assert f": not handed in for {BOB}" in staff(results)
    assert pdf.NOT_TAKEN in seen(results)


def test_nobody_answers(hand_in: HandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection is told to staff."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{free.getsockname()[1]}")
        results = hand_in()
    assert points(results) == 2
    assert "Connection refused" in staff(results) or "ProxyError" in staff(results)
    assert TOKEN not in json.dumps(results)


@pytest.mark.parametrize("trouble", ["no handout", "no time", "no packages"])
def test_no_pdf(
    trouble: str, place: Path, hand_in: HandIn, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A PDF that cannot be made costs no points; with ``warn_missing_pdf`` the student sees a row for it."""
    server = serve()
    if trouble == "no handout":
        (place / "source" / HANDOUT_FILE).write_text("{", encoding="utf-8")
    elif trouble == "no time":
        monkeypatch.setattr(pdf, "MAKE_SECONDS", 0.05)
    else:
        (tmp_path / "broken" / "typst").mkdir(parents=True)
        (tmp_path / "broken" / "typst" / "__init__.py").write_text("raise ImportError('no typst')", encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / "broken"))
    results = hand_in(make=True, warn_missing_pdf=trouble == "no time")
    told = {"no handout": "no PDF: ", "no time": "it took longer than 0.05", "no packages": "typst cannot set even"}
    assert points(results) == 2
    assert told[trouble] in staff(results)
    assert pdf.NOT_MADE in seen(results)
    assert ("PDF of your written answers" in [test["name"] for test in results["tests"]]) is (trouble == "no time")
    assert not server.requests


def test_a_submission_that_cannot_be_read(place: Path, hand_in: HandIn, serve: Serve) -> None:
    """Its PDF says why."""
    (place / "submission" / "homework.ipynb").write_text("{", encoding="utf-8")
    server = serve()
    hand_in(make=True)
    assert "is not a notebook" in " ".join(text_of(server.requests[0]["pdf"]).split())


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"users": [{"name": "Ada"}]}'])
def test_nobody_to_hand_in_for(content: str, place: Path, hand_in: HandIn, serve: Serve) -> None:
    """Without a student's address, as under ``otter grade``, nothing is handed in, and staff are told."""
    server = serve()
    (place / "submission_metadata.json").write_text(content, encoding="utf-8")
    results = hand_in()
    assert points(results) == 2
    assert "names no student" in staff(results)
    assert not server.requests


def test_beside_the_submission(before: Path) -> None:
    """``pdf`` leaves the PDF where ``otter grade --pdfs`` takes it from, which has put an empty file there."""
    results = json.loads((before / "results" / "results.json").read_text(encoding="utf-8"))
    assert points(results) == 2
    text = text_of((before / "submission" / "homework.pdf").read_bytes())
    assert "Ada's" in text
    assert "homework.ipynb" in text
    assert "homework.pdf" not in text
    assert "1 / 2" in text  # each question begins on a new page


def test_nothing_is_done_without_the_keys(place: Path, serve: Serve, capfd: pytest.CaptureFixture[str]) -> None:
    """No PDF, no word about one."""
    server = serve()
    results = graded(place)
    assert not server.connected
    assert "PDF" not in json.dumps(results) + "".join(capfd.readouterr())
