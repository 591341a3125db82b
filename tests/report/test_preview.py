"""The preview of a submission in a real browser: three views, a phone, dark mode, paper, and hostile text."""

import io
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from autograder.grading.gradescope import about, gradescope_results
from autograder.grading.pictures import MarkedPicture
from autograder.grading.results import CaseResult, Graded, Shown
from autograder.grading.seen import CellRun, PrintedText
from autograder.report.preview import render_preview
from tests.report.browser import Visit, open_browser
from tests.support import prepared
from tests.support.samples import notebook

pytestmark = pytest.mark.slow

NASTY = "</pre></details><script>document.title='x'</script><img src=x onerror=alert(1)><style>*{color:red}</style>"


def png(width: int = 900, height: int = 300) -> bytes:
    """A grey picture."""
    out = io.BytesIO(b"")
    out.write(b"\x89PNG\r\n\x1a\n")
    rows = (b"\x00" + b"\xb0" * width) * height
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        out.write(len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big"))
    return out.getvalue()


def page(folder: Path, hidden_results: str = "after_published") -> Path:
    """The preview of a submission with a picture, long lines and hostile text."""
    drawn = MarkedPicture(
        question="p1", png=png(), width=900, height=300, words="a ring round an arrow", audience="everybody"
    )
    cases = [
        CaseResult(question="p1", name="p1 public", points=2, outcome="passed"),
        CaseResult(question="p1", name="p1 wrong", points=2, outcome="failed",
                   message=f"Wrong:\n\n        {'x = 1; ' * 40}"),
        CaseResult(question="p1", name="p1 secret", points=4, outcome="error", hidden=True, message=NASTY, staff=NASTY),
    ]  # fmt: skip
    printed = [PrintedText("Cell 1", f"{NASTY}\n{'y' * 400}")]
    graded = Graded(
        cases=cases, pictures=[drawn], note=NASTY, printed=printed, staff=NASTY, cells=[CellRun(1, NASTY, NASTY)]
    )
    shown = Shown(hidden_results=hidden_results, by_person={"p2": 5})  # type: ignore[arg-type]
    results = gradescope_results(graded, shown)
    path = folder / "page.html"
    text = render_preview(graded, results, shown, about(graded, "1.0", "key", 1), "Assignment", NASTY)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with open_browser() as browser:
        yield browser


@pytest.mark.parametrize(("width", "dark"), [(1100, False), (360, True)])
def test_three_views(width: int, dark: bool, browser: Browser, tmp_path: Path) -> None:
    """Each view shows what it should, at the width of a phone too, and no text of a student becomes anything else."""
    visit = Visit(browser, page(tmp_path), width=width, dark=dark)
    here = visit.page
    now, published, staff = (here.locator(name) for name in ("#now", "#published", "#staff"))
    expect(now).to_be_visible()
    expect(now).to_contain_text("Public test cases: 2 of 4 points")
    expect(now).to_contain_text("no total")
    assert now.locator(".row").count() == 2
    expect(now.get_by_role("img", name="your drawing, with marks")).to_be_visible()
    for name, view in (("Student, after publication", published), ("Staff", staff)):
        here.get_by_text(name, exact=True).first.click()
        expect(view).to_be_visible()
        expect(now).to_be_hidden()
        expect(view).to_contain_text("p1 secret")
        assert here.evaluate("document.documentElement.scrollWidth") <= width
    expect(published).to_contain_text("2 / 8")
    expect(staff).to_contain_text("Notes that only staff see")
    assert here.locator("script").count() == 0
    assert here.locator("img").count() == 3
    assert here.locator("style").count() == 1
    background = here.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(background.removeprefix("rgb(").split(",")[0]) < 100) is dark
    visit.close()


def test_what_is_never_shown(browser: Browser, tmp_path: Path) -> None:
    """With ``hidden``, not even the later view shows hidden test cases or a total."""
    visit = Visit(browser, page(tmp_path, "hidden"))
    visit.page.get_by_text("Student, after publication", exact=True).first.click()
    expect(visit.page.locator("#published")).to_be_visible()
    assert visit.page.locator("#published .row").count() == 2
    assert "p1 secret" not in visit.page.locator("#published").inner_text()
    assert "2 / 8" not in visit.page.locator("#published").inner_text()
    visit.close()


def test_paper(browser: Browser, tmp_path: Path) -> None:
    """All three views are printed, each from a new page on, with all messages and without controls."""
    visit = Visit(browser, page(tmp_path))
    visit.page.emulate_media(media="print")
    for name in ("#now", "#published", "#staff"):
        expect(visit.page.locator(name)).to_be_visible()
    expect(visit.page.locator(".tabs")).to_be_hidden()
    expect(visit.page.locator("#now .row.passed .told")).to_be_visible()
    assert visit.page.pdf(format="A4").count(b"/Type /Page\n") >= 3
    visit.close()


def test_the_command(dist: Path, tmp_path: Path) -> None:
    """``autograder preview`` writes one file for a submission, and names it."""
    path = tmp_path / "homework.ipynb"
    path.write_bytes(notebook("print('hello')\nx = [", "def init(model, D, I, K):\n    pass"))
    command = [sys.executable, "-m", "autograder", "preview", str(path), "-a", str(dist / "autograder.zip")]
    done = prepared.run([*command, "-o", str(tmp_path / "out")])
    assert done.returncode == 0, done.stderr
    written = Path(done.stdout.strip())
    assert written == tmp_path / "out" / "homework.ipynb.html"
    text = written.read_text(encoding="utf-8")
    for words in ("Student, now", "hidden test cases", "SyntaxError", "Notes that only staff see", "seccomp"):
        assert words in text
    assert "<script" not in text
    assert json.dumps(str(tmp_path)) not in text
