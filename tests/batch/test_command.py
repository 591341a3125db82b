"""``autograder grade``: what it accepts, what it writes, and what it does not do twice."""

import json
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.batch.folders import Place, place
from tests.support.samples import GOOD, notebook, zipped

__all__ = ["place"]

pytestmark = pytest.mark.slow

FORWARD = "def forward(): return 1"


def test_all_kinds(place: Place) -> None:
    """Notebooks, zips and folders of students are graded, each once, and what is no submission is not."""
    place.write("a/homework.ipynb", forward=1)
    place.write("b/homework.ipynb", forward=5)
    (place.submissions / "b" / "script.py").write_text(f"{GOOD}\n{FORWARD}\n", encoding="utf-8")
    (place.submissions / "zipped.ZIP").write_bytes(zipped({"x/nb.ipynb": notebook(GOOD, FORWARD)}))
    (place.submissions / ".hidden.ipynb").write_bytes(b"not a submission")
    (place.submissions / "notes.txt").write_bytes(b"not a submission")
    alone = place.folder / "alone.ipynb"
    alone.write_bytes(notebook(GOOD))
    done = place.grade(paths=(place.submissions, alone, place.submissions / "a" / "homework.ipynb"))
    assert done.returncode == 0, done.stderr
    totals = {"a": 3, "alone.ipynb": 1, "b": 1, "zipped.ZIP": 3}
    assert place.totals() == totals
    assert list(place.records()) == [f"{name}.json" for name in totals]
    assert not place.leftovers()


def test_columns_are_otters(place: Place) -> None:
    """final_grades.csv has Otter's columns behind the person. Its first row has the points that can be earned."""
    place.zip = place.write_zip(question="exercise")
    place.write("one.ipynb", forward=5)
    place.grade()
    assert (place.output / "final_grades.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "student,id,email,submitted,attempt,late,file,exercise,total_points_earned,percent_correct,grading_status",
        ",,,,,,points-per-question,3,3,1.0,--",
        f"one,,,,,,one.ipynb,1,1,{1 / 3},graded",
    ]


def test_unchanged_is_kept(place: Place) -> None:
    """What has not changed is not graded again, what has changed is. --force grades everything again."""
    place.write_many(3)
    assert "3 new, 0 kept" in place.grade().stdout
    first = place.records()
    assert "0 new, 3 kept" in place.grade().stdout
    assert place.records() == first
    place.write("s001.ipynb", forward=2)
    place.write("s009.ipynb")
    assert "2 new, 2 kept" in place.grade().stdout
    second = place.records()
    assert {name for name in second if second[name] != first.get(name)} == {"s001.ipynb.json", "s009.ipynb.json"}
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 3, "s002.ipynb": 3, "s009.ipynb": 3}
    assert "4 new, 0 kept" in place.grade("--force").stdout
    assert all(second[name] != after for name, after in place.records().items())


@pytest.mark.parametrize("words", [["-q"], ["--attempt", "last"]], ids=" ".join)
def test_a_forked_command_is_a_started_one(words: list[str], place: Place) -> None:
    """What the tests fork prints, returns and writes what a command does that is started, and leaves no process."""
    place.write_many(2)
    forked, tables = place.grade(*words), sorted(place.output.rglob("*.csv"))
    written = [path.read_bytes() for path in tables]
    assert not place.leftovers()
    shutil.rmtree(place.output, ignore_errors=True)
    started = subprocess.run(place.command(*words), **place.options(), capture_output=True, text=True, check=False)
    assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, started.stdout, started.stderr)
    assert [path.read_bytes() for path in tables] == written
    assert forked.returncode == (2 if "last" in words else 0)
    assert len(tables) == (0 if "last" in words else 3)


def make_older(path: Path) -> None:
    """Make a record look like one from the previous version."""
    record = json.loads(path.read_text(encoding="utf-8"))
    record["extra_data"]["autograder"] |= {"version": 1}
    path.write_text(json.dumps(record), encoding="utf-8")


def test_records_of_an_older_version(place: Place) -> None:
    """Old records of the given submissions are graded again, others are left alone. One line each says so."""
    place.write_many(3)
    other = place.folder / "other.ipynb"
    other.write_bytes(notebook(GOOD))
    place.grade(paths=(place.submissions, other))
    for name in ("s000.ipynb", "s002.ipynb", "other.ipynb"):
        make_older(place.output / "results" / f"{name}.json")
    report = [*place.command()[:3], "report", str(place.output)]
    refused = place.run(report)
    assert refused.returncode == 1
    assert "older version" in refused.stderr
    assert "Run the same 'autograder grade' again" in refused.stderr
    done = place.grade()
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "2 records are from an older version of the autograder and are graded again" in lines
    assert len([line for line in lines if line.startswith("1 record is from an older version")]) == 1
    assert "2 new, 1 kept" in lines[-1]
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3}
    assert "1 new, 3 kept" in place.grade(paths=(place.submissions, other)).stdout
    assert place.run(report).returncode == 0
    assert "older version" not in place.grade().stdout


def test_another_autograder_grades_all(place: Place) -> None:
    """If autograder.zip has changed, everything is graded again."""
    place.write_many(2)
    place.grade()
    place.write_zip(seed=12345)
    assert "2 new, 0 kept" in place.grade().stdout


def test_same_paths_by_other_words(place: Place) -> None:
    """A submission is recognised by whatever path it is given, even after its folder has moved."""
    place.write_many(2)
    place.grade()
    around = place.submissions / ".." / "in"
    assert "0 new, 2 kept" in place.grade(paths=(around, around / "s000.ipynb")).stdout
    place.submissions = place.submissions.rename(place.folder / "moved")
    assert "0 new, 2 kept" in place.grade().stdout
    assert list(place.totals()) == ["s000.ipynb", "s001.ipynb"]


def test_a_damaged_record_is_made_anew(place: Place) -> None:
    """A damaged record is graded again, whatever the damage. The others are kept."""
    place.write_many(3)
    place.grade()
    results = place.output / "results"
    (results / "s000.ipynb.json").write_text('{"tests": [', encoding="utf-8")
    (results / "s001.ipynb.json").write_text("[]", encoding="utf-8")
    assert "2 new, 1 kept" in place.grade().stdout
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3}


def bent(archive: bytes) -> bytes:
    """Change one byte in the content of the last file of a zip."""
    place = archive.index(b"hw.py") + 8
    return archive[:place] + bytes([archive[place] ^ 0xFF]) + archive[place + 1 :]


def test_bad_and_hostile_ones_stop_nothing(place: Place) -> None:
    """Submissions that cannot be read, crash, never end, fork or look like an export affect only themselves."""
    bad = {
        "empty.ipynb": b"",
        "no-json.ipynb": b"{",
        "no-zip.zip": b"PK\x03\x04 and then nonsense",
        "two.zip": zipped({"a.ipynb": notebook(GOOD), "b.ipynb": notebook(GOOD)}),
        "fake-export.zip": zipped({"submission_metadata.yml": b"- [", "hw.ipynb": notebook(GOOD, FORWARD)}),
        "passes-for-export.zip": bent(zipped({"submission_metadata.yml": b"", "submission_1/hw.py": GOOD.encode()})),
        "bomb.zip": zipped({"submission_metadata.yml": b"", "submission_1/hw.py": bytes(600 * 2**20)}),
        "crash.ipynb": notebook("import os; os.abort()"),
        "endless.ipynb": notebook("while True: pass", GOOD),
        "forks.ipynb": notebook("import os\nwhile True: os.fork()"),
        "kills.ipynb": notebook("import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)"),
        "deep.py": b"(" * 100_000,
        "=1+2.py": f"{GOOD}\n{FORWARD}".encode(),
        "\udcff odd \n name.py": f"{GOOD}\n{FORWARD}".encode(),
        f"{'long' * 61}.py": f"{GOOD}\n{FORWARD}".encode(),
    }
    for name, content in bad.items():
        (place.submissions / name).write_bytes(content)
    (place.submissions / "link.ipynb").symlink_to("/nowhere")
    place.write_many(2)
    place.write_zip(cells_seconds=2)
    paths = tuple(path for path in sorted(place.submissions.iterdir()) if path.name != "link.ipynb")
    done = place.grade(paths=paths)
    assert done.returncode == 0, done.stderr
    totals = place.totals()
    unread = {file for file, row in place.table().items() if row["grading_status"].startswith("unreadable: ")}
    assert unread == {"empty.ipynb", "no-json.ipynb", "no-zip.zip", "two.zip", "passes-for-export.zip", "bomb.zip"}
    assert len(totals) + len(unread) == len(bad) + 2
    full = {"'=1+2.py", "ÿ odd name.py", f"{'long' * 61}.py", "fake-export.zip", "s000.ipynb"}
    assert {name for name, points in totals.items() if points == 3} == full
    assert "0 new, 17 kept" in place.grade(paths=paths).stdout
    assert not place.leftovers()


def test_failures_are_listed_with_the_way_to_repeat_them(place: Place) -> None:
    """A submission that keeps ending its judging process becomes a failure. The printed command grades it again."""
    place.write_many(4)
    killer = place.write("killer.ipynb", cell="def init(): return 'always'")
    flag = place.flags / "always"
    flag.touch()
    done = place.grade()
    assert done.returncode == 1
    assert place.totals() == {"s000.ipynb": 3, "s001.ipynb": 1, "s002.ipynb": 3, "s003.ipynb": 1}
    reason = place.faults()["killer.ipynb"]
    assert reason.startswith("the process that graded it was killed three times")
    first, second = done.stderr.strip().splitlines()
    assert first == f"not graded, our fault: killer.ipynb: {reason}"
    flag.unlink()
    command = shlex.split(second.removeprefix("    again: "))
    assert command[:3] == ["autograder", "grade", str(killer)]
    before = place.records()
    again = place.run([*place.command()[:2], *command])
    assert (again.returncode, again.stderr) == (0, "")
    assert place.totals()["killer.ipynb"] == 2
    assert [name for name, record in place.records().items() if record != before[name]] == ["killer.ipynb.json"]
    assert not place.leftovers()


def test_a_killed_judge_costs_nothing(place: Place) -> None:
    """If a judging process is killed halfway, everything is still graded."""
    place.write_many(5)
    place.write("s001.ipynb", cell="def init(): return 'once'")
    (place.flags / "once").touch()
    done = place.grade()
    assert (done.returncode, done.stderr) == (0, "")
    expected = {"s000.ipynb": 3, "s001.ipynb": 2, "s002.ipynb": 3, "s003.ipynb": 1, "s004.ipynb": 3}
    assert place.totals() == expected
    assert not list(place.flags.iterdir())
    assert not place.leftovers()


def test_records_are_gradescopes(place: Place) -> None:
    """A record is a results.json for Gradescope, with additional data for staff and for resuming."""
    path = place.write("one.ipynb", forward=5)
    place.grade()
    record = json.loads((place.output / "results" / "one.ipynb.json").read_text(encoding="utf-8"))
    assert [(test["name"], test.get("score")) for test in record["tests"]] == [("one", 1), ("two", 0)]
    ours = record["extra_data"]["autograder"]
    assert (ours["path"], ours["status"], ours["chosen"]) == (str(path), "Completed", "one.ipynb")
    assert ours["entry"]["students"] == [{"name": "one", "id": "", "email": ""}]
    assert [(case["name"], case["outcome"]) for case in ours["cases"]] == [("one", "passed"), ("two", "failed")]


def test_the_results_are_closed_to_submissions(place: Place) -> None:
    """A submission can read neither the autograder.zip nor the results of others."""
    place.write("a.ipynb")
    place.grade()
    wanted = [str(place.zip), str(place.output / "results" / "a.ipynb.json"), str(place.submissions / "a.ipynb")]
    cell = f"for name in {wanted}:\n    try: print(open(name, 'rb').read())\n    except OSError: print('closed')"
    place.write("spy.ipynb", cell=cell)
    place.grade()
    record = json.loads((place.output / "results" / "spy.ipynb.json").read_text(encoding="utf-8"))
    assert record["extra_data"]["autograder"]["cells"][0]["output"].split() == ["closed"] * 3


def test_marks_of_the_real_assignment(
    place: Place, dist: Path, selection: dict[str, Path], marks: dict[str, dict[str, float]]
) -> None:
    """With the real autograder.zip, the table has the marks that our own grading gives."""
    names = ("reference", "untouched", "q3_transposed", "q4_naive_bce", "nb_quit_after_init")
    place.zip = dist / "autograder.zip"
    done = place.grade(paths=tuple(selection[name] for name in names))
    assert done.returncode == 0, done.stderr
    rows = place.table()
    got = {name: {q: float(rows[f"{name}.ipynb"][q]) for q in ("q3", "q4", "q5")} for name in names}
    assert got == {name: marks[name] for name in names}
    assert [float(rows["points-per-question"][q]) for q in ("q3", "q4", "q5")] == [20, 35, 20]
