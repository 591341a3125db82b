"""The report in a real browser with 10 and 1,000 submissions: sorting, filters, details, drawings, phone and paper."""

import base64
import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from autograder.report import write_report
from tests.report.browser import Visit, open_browser
from tests.report.class_of import make_result, write_class, write_result

pytestmark = pytest.mark.slow

#: Classes whose report is opened, for tests where a small or a large one says enough.
SMALL, LARGE = (pytest.mark.parametrize("report", [size], indirect=True) for size in (10, 1000))

NASTY = "</script><img src=x onerror=alert(1)><b>bold"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module", params=[10, 1000])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """The number of submissions, and their report."""
    folder = write_class(tmp_path_factory.mktemp("class"), request.param)
    return request.param, write_report(folder)[0]


@pytest.fixture
def visit(browser: Browser, report: tuple[int, Path]) -> Iterator[Visit]:
    """The report, freshly opened."""
    visit = Visit(browser, report[1])
    expect(rows(visit.page)).to_have_count(report[0])
    yield visit
    visit.close()


def rows(page: Page) -> Locator:
    """The rows of submissions, without opened details."""
    return page.locator("#table > tbody > tr[data-index]")


def column(page: Page, index: int) -> list[str]:
    """The texts of a column."""
    return [text.strip() for text in page.locator(f"#table > tbody > tr > :nth-child({index + 1})").all_inner_texts()]


def expect_count(page: Page, shown: int, total: int) -> None:
    """Check how many submissions are shown, and that the page says so."""
    expect(page.locator("#shown")).to_contain_text(f"{shown:,}" + ("" if shown == total else f" of {total:,}"))
    expect(rows(page)).to_have_count(shown)


def test_columns_sort_up_and_down(visit: Visit, report: tuple[int, Path]) -> None:
    """A click on a heading sorts, the next click reverses the order, and screen readers are told."""
    page, (total, _) = visit.page, report
    heading = page.locator("#table th", has_text="Total")
    heading.locator("button").click()
    expect(rows(page)).to_have_count(total)
    up = [float(text) for text in column(page, 2)]
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.locator("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(rows(page)).to_have_count(total)
    down = [float(text) for text in column(page, 2)]
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)
    assert len(set(up)) > 3


@LARGE
def test_searching_leaves_what_fits(visit: Visit, report: tuple[int, Path]) -> None:
    """A name or a number in the search box selects submissions. A button shows all again."""
    page, (total, _) = visit.page, report
    page.get_by_label("Search").fill("student0007 s 2026")
    expect_count(page, 1, total)
    expect(rows(page).first).to_contain_text("20260007")
    page.get_by_role("button", name="Show all").click()
    expect_count(page, total, total)
    page.get_by_label("Search").fill("nobody is called so")
    expect_count(page, 0, total)


@LARGE
def test_a_count_shows_its_submissions(visit: Visit, report: tuple[int, Path]) -> None:
    """A click on the number of failures, or of a message, shows these submissions."""
    page, (total, _) = visit.page, report
    button = page.locator("#cases .count.o1").first
    failed = int(button.inner_text().replace(",", ""))
    button.click()
    expect_count(page, failed, total)
    assert page.get_by_label("Outcome").input_value() == "1"
    name = page.locator("#cases .item th").first.locator("span").first.inner_text()
    rows(page).first.locator("button.open").click()
    expect(page.locator(".outcomes tr", has_text=name).locator(".mark")).to_have_text("failed")
    page.get_by_role("button", name="Show all").click()
    expect_count(page, total, total)

    page.locator("#cases summary").first.click()
    message = page.locator("#cases .said li").first
    times = int(message.locator("button").inner_text().removesuffix("×").replace(",", ""))
    text = message.locator("p").inner_text()
    message.locator("button").click()
    expect_count(page, times, total)
    if not page.locator(".opened").count():
        rows(page).first.locator("button.open").click()
    expect(page.locator(".outcomes").first).to_contain_text(text)


def test_choices_filter(browser: Browser, tmp_path: Path) -> None:
    """Question, case and outcome can be chosen one by one, and are combined."""
    total = 40
    visit = Visit(browser, write_report(write_class(tmp_path, total))[0])
    page = visit.page
    page.get_by_label("Question").select_option("q5")
    expect(page.get_by_label("Outcome")).to_have_value("not")
    assert page.get_by_role("combobox", name="Test case").locator("option").count() == 5
    some = int(page.locator("#shown").inner_text().split(" of ")[0].replace(",", ""))
    page.get_by_label("Outcome").select_option("all passed")
    expect_count(page, total - some, total)
    assert set(column(page, 5)) == {"20"}
    page.get_by_role("combobox", name="Test case").select_option("q5 edges")
    assert page.get_by_label("Outcome").locator("option:checked").all_inner_texts() == ["all passed"]
    expect(rows(page).nth(total - some)).to_be_visible()
    visit.close()


@SMALL
def test_a_detail_opens_with_everything_in_it(visit: Visit, report: tuple[int, Path]) -> None:
    """The details show what the student sees, what staff see, the printed output, the drawing and the command."""
    page, _ = visit.page, report
    page.get_by_label("Search").fill("student0003")
    opener = rows(page).locator("button.open")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    detail = page.locator(".detail")
    for text in ("As the student sees it", "Public test cases: ", "processor time", "NameError", "s3@example.org"):
        expect(detail).to_contain_text(text)
    expect(detail.locator("code")).to_have_text(
        "autograder grade /home/staff/submissions/student0003.ipynb -a dist/autograder.zip "
        f"-o {report[1].parent} --force"
    )
    assert detail.locator(".outcomes tr").count() == 15
    assert detail.locator(".thumbnail .marker").count() == 12
    assert detail.locator(".thumbnail .head").count() == 11
    assert detail.locator(".thumbnail text").count() == 23

    detail.locator(".thumbnail").click()
    viewer = page.get_by_role("dialog")
    expect(viewer).to_be_visible()
    small, large = detail.locator(".thumbnail svg").bounding_box(), viewer.locator("svg").bounding_box()
    assert small is not None
    assert large is not None
    assert large["width"] > 1.5 * small["width"]
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    opener.click()
    expect(detail).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_it_without_scrolling_sideways(browser: Browser, tmp_path: Path, dark: bool) -> None:
    """On a narrow screen nothing is wider than the screen, even with open details. A menu sorts there."""
    visit = Visit(browser, write_report(write_class(tmp_path, 20))[0], width=360, dark=dark)
    page = visit.page
    page.get_by_label("Sort by").select_option("Total, highest first")
    rows(page).first.locator("button.open").click()
    page.locator("#cases summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    totals = [float(text) for text in page.locator("#table > tbody > tr[data-index] > :nth-child(3)").all_inner_texts()]
    assert totals == sorted(totals, reverse=True)
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(background.removeprefix("rgb(").split(",")[0]) < 100) is dark
    visit.close()


@SMALL
def test_paper_gets_the_summary_and_the_table(visit: Visit, report: tuple[int, Path]) -> None:
    """All messages and all rows are printed, but no controls and no details."""
    page, (total, _) = visit.page, report
    rows(page).first.locator("button.open").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in (".filters", ".detail", "nav", "#clear"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("#cases .said li").last).to_be_visible()
    assert rows(page).count() == total
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#cases .said li").last).to_be_hidden()


def test_a_picture_takes_the_place_of_the_drawing(browser: Browser, tmp_path: Path) -> None:
    """The details show the student's own picture with what is marked on it, and the lists; a click enlarges it."""
    result = make_result(0, random.Random(1))
    part: dict[str, Any] = result["extra_data"]["autograder"]
    parts = [{"what": "rows", "right": ["one"], "missing": ["two"]}]
    part["cases"][-1] |= {"outcome": "failed", "message": "It is upside down.", "parts": parts}
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(stream, "PNG")
    numbers = {part["cases"][-1]["name"]: 1}
    part["pictures"] = [
        {"question": part["cases"][-1]["question"], "png": base64.b64encode(stream.getvalue()).decode(), "width": 300,
         "height": 200, "audience": "after results", "words": "a frame round t = 2", "numbers": numbers}
    ]  # fmt: skip
    write_result(tmp_path, result)
    visit = Visit(browser, write_report(tmp_path)[0])
    page = visit.page
    rows(page).first.locator("button.open").click()
    image = page.locator(".detail .thumbnail img")
    assert image.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [300, 200]
    expect(image).to_have_attribute("alt", re.compile("a frame round t = 2"))
    expect(page.locator(".legend")).to_contain_text("It is upside down.")
    expect(page.locator(".detail")).to_contain_text("missing: two; right: one")
    image.click()
    expect(page.get_by_role("dialog").locator("img")).to_be_visible()
    assert visit.complaints == []
    visit.close()


def test_text_of_students_stays_text(browser: Browser, tmp_path: Path) -> None:
    """Whatever a student puts into names, output, messages and drawings, the page shows it and runs none of it."""
    result = make_result(0, random.Random(1))
    part: dict[str, Any] = result["extra_data"]["autograder"]
    part |= {"file": f"x {NASTY.replace('/', '')}.ipynb", "path": f"/in/{NASTY}", "status": NASTY, "staff": NASTY}
    part["entry"] = {"students": [{"name": NASTY, "id": NASTY, "email": NASTY}]}
    part["cells"] = [{"number": 1, "output": f"\x1b[31m{NASTY}", "error": NASTY, "line": 1, "ended": False}]
    part["cases"][0] |= {"outcome": "failed", "message": NASTY, "staff": NASTY, "name": NASTY, "question": NASTY}
    part["drawing"]["texts"][0][0] = NASTY
    part["note"] = NASTY
    part["printed"] = [{"place": NASTY, "text": NASTY}]
    write_result(tmp_path, result)
    visit = Visit(browser, write_report(tmp_path)[0])
    page = visit.page
    rows(page).first.locator("button.open").click()
    page.locator(".thumbnail").click()
    assert page.locator("img, b:not(.hint b)").count() == 0
    expect(page.locator(".detail .error")).to_contain_text("img src=x onerror=alert(1)>")
    assert page.title() == "1 submission"
    visit.close()


def test_an_anonymous_page_works_too(browser: Browser, tmp_path: Path) -> None:
    """Without names, submissions have numbers and no command, and a remark warns of names that may be left."""
    write_class(tmp_path, 12)
    visit = Visit(browser, write_report(tmp_path, anonymous=True)[0])
    page = visit.page
    expect(page.locator(".remark")).to_contain_text("contain a name")
    page.get_by_label("Search").fill("012")
    expect(rows(page)).to_have_count(1)
    rows(page).locator("button.open").click()
    expect(page.locator(".detail")).to_contain_text("As the student sees it")
    expect(page.locator(".detail code")).to_have_count(0)
    visit.close()
