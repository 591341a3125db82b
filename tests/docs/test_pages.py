"""The commands of the pages for staff, run in the order of the page, in a copy of the project that is built once."""

import csv
import shutil
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.docs.pages import blocks, text_of
from tests.docs.running import (
    SUBMISSIONS,
    borrow_environment,
    copy_project,
    filled,
    hand_in,
    in_background,
    run_block,
    run_page,
)
from tests.support.downloads import DOWNLOADS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the README's commands were run, and what they printed: zips, marks and a report."""
    folder = copy_project(tmp_path_factory.mktemp("reader") / "project")
    borrow_environment(folder)
    hand_in(folder)
    return folder, run_page("README.md", folder)


@pytest.fixture
def project(printed: tuple[Path, str]) -> Path:
    """That folder."""
    return printed[0]


def test_readme(printed: tuple[Path, str]) -> None:
    """The README's commands make the zips, the marks and the report that it promises."""
    folder, told = printed
    assert {path.name for path in (folder / "dist").iterdir()} == {"student.zip", "autograder.zip"}
    assert "You can run student code here." in told
    assert "75 of 75 points" in told
    assert {"report.html", "items.csv", "final_grades.csv"} <= {path.name for path in (folder / "graded").iterdir()}
    with (folder / "graded" / "final_grades.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["file"]: float(row["total_points_earned"]) for row in csv.DictReader(stream)}
    assert set(rows) == {"points-per-question", *(f"{name}.ipynb" for name in SUBMISSIONS)}
    assert rows["ada.ipynb"] == 75 > max(rows["grace.ipynb"], rows["lin.ipynb"])
    assert {path.name for path in (folder / "graded" / "results").iterdir()} == {f"{n}.ipynb.json" for n in SUBMISSIONS}
    assert (folder / "results.json").is_file()  # of otter run


def test_feedback(project: Path) -> None:
    """What docs/feedback.md says about a regrade works, and staff see what it promises."""
    assert "For staff only:" in run_page("docs/feedback.md", project)


def test_written(project: Path) -> None:
    """The commands of docs/written.md make the PDFs and the table, and join the marks once it has been filled in."""
    page = "docs/written.md"
    making, joining = (block for block in blocks(page) if not block.mark)
    assert "made 3" in run_block(page, making, project)
    table = project / "graded" / "written.csv"
    head, possible, *rows = csv.reader(table.read_text("utf-8-sig").splitlines())
    lines = [head, possible, *([row[0], *("0" for _ in row[1:])] for row in rows)]
    table.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    assert "3 people, 3 with all marks" in run_block(page, joining, project)
    assert (project / "graded" / "feedback" / "ada.ipynb.html").is_file()


def test_classes(project: Path) -> None:
    """The commands of docs/classes.md grade a download, and those of other systems with a pattern."""
    for name, sample in (("ilias", "ilias, with a pattern"), ("sakai", "sakai, with a pattern")):
        DOWNLOADS[sample].write_zip(project / f"{name}.zip")
        assert f"--pattern '{DOWNLOADS[sample].pattern}'" in text_of("docs/classes.md")
    DOWNLOADS["moodle"].write_folder(project / "DOWNLOAD")
    told = run_page("docs/classes.md", project, replaced={"-o graded": "-o graded-class"})
    assert told.count("2 people: 2 graded") == 2
    assert "3 people: 2 graded, 1 nothing to grade" in told


def test_many_machines(project: Path, tmp_path: Path) -> None:
    """A scheduler and workers are started as docs/many-machines.md says, and grade the class."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    replaced = {"HOST": "127.0.0.1", "8786": str(port), "-o graded": f"-o {tmp_path / 'graded'}"}
    page = "docs/many-machines.md"
    commands = [filled(command, replaced) for b in blocks(page) if b.mark == "background" for command in b.commands]
    assert [command.split()[1] for command in commands] == ["scheduler", "worker"]
    quiet = {"DASK_DISTRIBUTED__DASHBOARD__LINK": "", "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    with ExitStack() as stack:
        for number, (command, ready) in enumerate(zip(commands, ("Scheduler at:", "Registered to:"), strict=True)):
            stack.enter_context(in_background(command, project, tmp_path / f"log{number}", ready, **quiet))
        assert f"{len(SUBMISSIONS)} new, 0 kept" in run_page(page, project, replaced=replaced)


@pytest.mark.skipif(
    not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), reason="no Chromium is installed"
)
def test_internals(project: Path) -> None:
    """The script that docs/internals.md names makes both pictures again, small enough for a page."""
    pictures = [project / "docs" / name for name in ("report.png", "result.png")]
    for picture in pictures:
        picture.unlink()
    run_page("docs/internals.md", project)
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert 10_000 < picture.stat().st_size < 150_000
