"""``autograder compare FOLDER ZIP``: what is graded again, what is not, and the outcome; nothing old is touched."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from autograder.zips.archive import read_zip, write_zip
from tests.batch.folders import Place, place

__all__ = ["place"]

pytestmark = pytest.mark.slow

CASES, CONFIG = "tests/q3.py", "otter_config.json"


def edited(place: Place, name: str, file: str, edit: Callable[[str], str]) -> Path:
    """Another zip, in which one file is edited."""
    files = read_zip(place.zip)
    assert edit(files[file].decode()) != files[file].decode()
    path = place.folder / name
    write_zip(path, files | {file: edit(files[file].decode()).encode()})
    return path


def with_config(change: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    """An edit of the settings."""

    def edit(text: str) -> str:
        content = json.loads(text)
        change(content)
        return json.dumps(content)

    return edit


def compare(place: Place, zip_: Path, *options: str) -> CompletedProcess[str]:
    """Run the command."""
    command = [*place.command()[:3], "compare", str(place.output), str(zip_), "-j", "2", *options]
    return place.run(command)


@pytest.fixture
def graded(place: Place) -> Place:
    """Three graded submissions: two get full marks, one fails the hidden case."""
    for name, forward in (("ada.ipynb", 1), ("bob.ipynb", 5), ("eve.ipynb", 2)):
        place.write(name, forward)
    assert place.grade().returncode == 0
    return place


def all_files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_case(graded: Place) -> None:
    """A case that was corrected: everybody is graded again, the change is shown, and the old folder stays as it was."""
    before = all_files(graded.output)
    mended = edited(graded, "new.zip", CASES, lambda text: text.replace("forward() < 3", "forward() < 9"))
    done = compare(graded, mended)
    assert (done.returncode, "graded 3 again" in done.stderr) == (1, True), done.stderr
    assert "3 people: 1 gains points, 0 lose points, 2 keep theirs." in done.stdout
    assert "two (q3): 1 gains, 0 lose, +2 points in total" in done.stdout
    assert "now: 2 of 2 points, passed" in done.stdout
    assert all_files(graded.output) == before
    assert compare(graded, mended).stdout == done.stdout  # from what was graded the first time
    folders = [*graded.command()[:3], "compare", str(graded.output), f"{graded.output}-anew"]
    assert graded.run(folders).stdout == done.stdout


def test_points_only(graded: Place) -> None:
    """Where only points differ, nothing is graded: the outcomes are taken over, with the new points."""
    new = edited(graded, "new.zip", CASES, lambda text: text.replace("points=2", "points=4") + "\n# a comment\n")
    done = compare(graded, new)
    assert (done.returncode, "kept the results of 3" in done.stderr) == (1, True), done.stderr
    assert "worth: 4 points instead of 2" in done.stdout
    graded.output = Path(f"{graded.output}-anew")
    assert graded.totals() == {"ada.ipynb": 5, "bob.ipynb": 1, "eve.ipynb": 5}
    record = json.loads((graded.output / "results" / "ada.ipynb.json").read_bytes())
    assert [(test["name"], test.get("max_score")) for test in record["tests"]] == [("one", 1), ("two", 4)]
    graded.zip = new
    assert "0 new, 3 kept" in graded.grade().stdout  # the records are those of the new zip, as if it had graded


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (lambda config: config.update(show_hidden=True), False),
        (lambda config: next(iter(config["plugins"][0].values())).update(title="Other"), False),
        (lambda config: next(iter(config["plugins"][0].values())).update(call_seconds=4), True),
    ],
)
def test_settings(change: Callable[[dict[str, Any]], None], anew: bool, graded: Place) -> None:
    """Settings that grading does not read spare the grading; others do not. No marks change either way."""
    done = compare(graded, edited(graded, "new.zip", CONFIG, with_config(change)))
    assert (done.returncode, done.stdout) == (0, "3 people: nothing changes.\n")
    assert ("graded 3 again" if anew else "kept the results of 3") in done.stderr


def test_the_old_zip_is_gone(graded: Place) -> None:
    """The zip that was replaced by the new one in its place is still known."""
    new = edited(graded, "new.zip", CONFIG, with_config(lambda config: config.update(show_hidden=True)))
    shutil.move(new, graded.zip)
    assert "kept the results of 3" in compare(graded, graded.zip).stderr
    (graded.output / ".autograder.zip").unlink()
    done = compare(graded, graded.zip, "-o", str(graded.folder / "again"))
    assert "graded 3 again (the zip of the old results is gone)" in done.stderr


def test_other_work(graded: Place) -> None:
    """Work that was handed in again is graded, and said to be other work, so that the zip is not blamed for it."""
    graded.write("bob.ipynb", 1)
    new = edited(graded, "new.zip", CONFIG, with_config(lambda config: config.update(show_hidden=True)))
    for _ in range(2):
        done = compare(graded, new)
        assert done.returncode == 1
        assert "\nbob handed in other work, so the zip is not the only reason for what changed" in done.stderr
        assert "kept the results of 2" in done.stderr


def test_marks_by_hand(graded: Place) -> None:
    """Marks by hand of the old folder count in the new one, too. A roster that is gone is said to be gone."""
    (graded.output / "overrides.csv").write_text("person,case,points,comment,by\nbob,two,1,ok,Ada\n", encoding="utf-8")
    roster = graded.folder / "roster.csv"
    roster.write_text("name\nada\nzoe\n", encoding="utf-8")
    graded.grade("--roster", roster)
    roster.unlink()
    mended = edited(graded, "new.zip", CASES, lambda text: text.replace("forward() < 3", "forward() < 9"))
    done = compare(graded, mended)
    assert done.returncode == 1
    assert f"the roster {roster} is gone: people who handed in nothing are not compared" in done.stderr
    assert "1 person" not in done.stdout.splitlines()[0]
    assert "bob: two: 1 point instead of 2, ok (Ada). two: failed before, passed now" in " ".join(done.stdout.split())
    graded.output = Path(f"{graded.output}-anew")
    assert graded.totals()["bob.ipynb"] == 2


@pytest.mark.parametrize("case", ["submissions gone", "not known", "into itself", "no zip", "another class"])
def test_errors(case: str, graded: Place) -> None:
    """What cannot be compared ends with exit status 2 and says why."""
    new, options = graded.zip, []
    if case == "submissions gone":
        shutil.rmtree(graded.submissions)
        told = "are gone"
    elif case == "not known":
        (graded.output / "run.json").unlink()
        told = "does not say what it was graded from: rerun the 'autograder grade' command that made it"
    elif case == "into itself":
        options, told = ["-o", str(graded.output)], "is the old folder"
    elif case == "no zip":
        new, told = graded.folder / "no.zip", "cannot read"
        new.write_bytes(b"no zip")
    else:
        other = graded.folder / "other"
        other.mkdir()
        (other / "run.json").write_text('{"assignment": "rnn-stable-loss", "downloads": ["/x"]}', encoding="utf-8")
        options, told = ["-o", str(other)], "another class"
    done = compare(graded, new, *options)
    assert done.returncode == 2
    assert told in done.stderr
