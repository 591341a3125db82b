"""Answers that were made to do harm, or to break the setting of pages: there is a PDF, and their source in it."""

import http.server
import io
import threading
import time
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from PIL import Image

from autograder.written.notebook import NotebookCell
from autograder.written.typesetter import Typesetter
from tests.written.samples import picture, set_cells, set_text, text_of

pytestmark = pytest.mark.sampled(3, by="file")

_SECRET = "root:"

HUGE = {
    "a long text": "x y " * 500_000,
    "many formulas": " ".join(f"$x_{{{number}}}$" for number in range(3000)),
    "deep lists": "- " * 3000 + "a",
    "deep divs": "<div>" * 8000 + "a",
    "deep braces": "$" + "{" * 8000 + "x" + "}" * 8000 + "$",
    "deep fractions": "$" + r"\frac{1}{" * 2000 + "x" + "}" * 2000 + "$",
    "deep roots": "$" + r"\sqrt{" * 3000 + "x" + "}" * 3000 + "$",
    "deep matrices": "$" + r"\begin{pmatrix}" * 300 + "x" + r"\end{pmatrix}" * 300 + "$",
    "many dollars": "$ " * 5000,
    "unclosed environments": r"\begin{align}" * 2000,
    "rows and cells": "<table>" + "<tr>" * 3000 + "<td>" * 3000,
    "many tables": "$" + r"\begin{array}{l|c}a & b\\ \hline c & d\end{array}" * 1800 + "$",
    "deep tables": "$" + r"\begin{array}{l}" * 1500 + "x" + r"\end{array}" * 1500 + "$",
    "deep brackets": "$" + r"\left(" * 3000 + "x" + r"\right)" * 3000 + "$",
    "brackets without end": "$" + r"\left\{" * 9000 + "$",
    "many names": "$" + r"\operatorname{softmax}" * 4500 + "$",
    "frames in frames": "$" + r"\cancelto{0}{" * 3000 + "x" + "}" * 3000 + "$",
    "empty lines in a formula": "$$" + "\n " * 45_000 + "$$",
    "a macro that calls itself": r"$\def\a{\a\a}\a$",
    "a billion laughs": "$"
    + "".join(rf"\newcommand{{\l{chr(98 + n)}}}{{{f'{chr(92)}l{chr(97 + n)}' * 9}}}" for n in range(20))
    + r"\lu$",
}


#: Those that take longest, until a limit of time is met.
_SLOW = {"frames in frames"}


@pytest.mark.parametrize(
    "what", [pytest.param(what, marks=[pytest.mark.slow] if what in _SLOW else []) for what in HUGE]
)
def test_huge_and_deep(typesetter: Typesetter, what: str) -> None:
    """What follows is still set, and it does not take long."""
    begun = time.monotonic()
    pieces, pdf = set_text(typesetter, HUGE[what], "AFTERWARDS $z$")
    assert "AFTERWARDS" in text_of(pdf)
    assert pieces[-1].formulas == ["$z$"]
    assert time.monotonic() - begun < 90  # on a machine that has other things to do


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd") #sys.version #panic() #import "/x.typ" #include "/etc/passwd"',
        '$#read("/etc/passwd")$ $"#read("/etc/passwd")$ $]#panic()[$ $\\text{"#panic()}$ $\\text{\\"#panic()}$',
        '$\\text{#read("/etc/passwd")}$ $\\operatorname{"+read("/etc/passwd")+"}$ $\\mathrm{]#panic()[}$',
        "```{=typst}\n#panic()\n```\n\n`#panic()`{=typst}\n\n~~~{.typst}\n#panic()\n~~~",
        '"); #panic() [ ] ) } { #( $ // /* <label> @reference = heading',
        "``` \n#panic()\n```` ``` #panic()",
        "\ue0000\ue001 \ue0031\ue004 \u202e\u200b",
        '[x](#label) [y](javascript:alert(1)) [z](file:///etc/passwd) <a href="#read()">w</a>',
    ],
)
def test_typst_code_is_only_shown(typesetter: Typesetter, text: str) -> None:
    """Code of Typst, wherever it stands, is text: nothing of it runs, and nothing of it is lost."""
    pieces, pdf = set_text(typesetter, text, "AFTERWARDS")
    shown = text_of(pdf)
    assert "AFTERWARDS" in shown
    assert _SECRET not in shown
    assert pieces[0].reason == ""
    assert shown.count("panic") == text.count("panic")


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it has been asked for."""
    paths = list[str]()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


@pytest.mark.parametrize(
    "path",
    ["/etc/hostname", "../../etc/passwd", "file:///etc/passwd", "{server}/a.png", "attachment:../x", "b.svg", "c:\\x"],
)
def test_no_file_but_the_students_is_opened(
    typesetter: Typesetter, path: str, asked: tuple[str, list[str]]
) -> None:  # fmt: skip
    """A path that is not of the submission is shown as it is, in markdown and in HTML; nothing is fetched."""
    path = path.replace("{server}", asked[0])
    text = f'![a]({path}) <img src="{path}"> <iframe src="{path}"></iframe> <object data="{path}"></object>'
    cells = [NotebookCell(1, "markdown", text), NotebookCell(2, "markdown", "AFTERWARDS")]
    pieces, pdf = set_cells(typesetter, cells, {"b.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert not any(pieces[0].pictures)
    assert all("not handed in" in source for source in pieces[0].picture_sources[:2])
    assert "AFTERWARDS" in text_of(pdf)
    assert asked[1] == []


def _bomb() -> bytes:
    stream = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(stream, "PNG")
    return stream.getvalue()


def _pages(count: int) -> bytes:
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(count):
        document.new_page(200, 200)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
        (_bomb, "cannot be read"),
        (lambda: b"%PDF-1.7 nothing", "cannot be read"),
        (lambda: b" ", "cannot be read"),
        (lambda: picture()[:30], "cannot be read"),
        (lambda: _pages(50), "only 20 of its 50 pages"),
    ],
)
def test_pictures_that_are_none(typesetter: Typesetter, content: Callable[[], bytes], problem: str) -> None:
    """A picture that cannot be read, or not whole, says so where it would be."""
    cell = NotebookCell(1, "markdown", "![a](attachment:a) AFTERWARDS", attachments={"a": content()})
    pieces, pdf = set_cells(typesetter, [cell])
    assert problem in pieces[0].picture_sources[0]
    assert "AFTERWARDS" in text_of(pdf)


def test_processes_are_confined(typesetter: Typesetter) -> None:
    """Neither process can read a file that it does not need, write one, or connect; each says so by failing."""
    answer = typesetter.set('#read("/etc/passwd")', {})
    assert answer.pdf == b""
    assert typesetter.set('#import "@preview/cetz:0.3.0"', {}).pdf == b""
