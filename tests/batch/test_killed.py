"""``autograder grade`` is killed, interrupted and started again: the tables are the same, and nothing is left."""

import math
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.batch.folders import Place, place
from tests.support.samples import GOOD

__all__ = ["place"]

pytestmark = pytest.mark.slow

COUNT = 40
KILLS = 8
SEED = 20


def wait_for_records(place: Place, count: int, process: subprocess.Popen[str], seconds: float = math.inf) -> None:
    """Wait until there are this many records, this much time has passed, or the command has ended."""
    end = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < end:
        if len(list((place.output / "results").glob("*.json"))) >= count:
            return
        time.sleep(0.02)


def kill_group(process: subprocess.Popen[str]) -> None:
    """Kill the command and its whole process group, as when a terminal is closed by force."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def table_bytes(place: Place) -> bytes:
    """The text of the table."""
    return (place.output / "final_grades.csv").read_bytes()


def test_killed_at_any_moment(place: Place) -> None:
    """After eight kills at random moments, resuming gives the same table, and no record is written twice."""
    place.write_many(COUNT, cell=f"{GOOD}\nimport time; time.sleep(0.3)")  # so that it can be killed halfway
    assert place.grade().returncode == 0
    undisturbed = table_bytes(place)
    place.output = place.folder / "killed"
    moments = random.Random(SEED)
    known: dict[str, tuple[int, int]] = {}
    for number in range(KILLS):
        process = place.start("--quiet")
        # Every third is killed at any moment from the start. However fast the machine is, fewer than COUNT are graded:
        # each waits for one to three records, and then no more than the two that are being graded can still finish.
        wait_for_records(
            place, len(known) + moments.randint(1, 3), process, math.inf if number % 3 else moments.uniform(0, 3)
        )
        time.sleep(moments.uniform(0, 0.2))
        kill_group(process)
        records = place.records()
        assert known.items() <= records.items()
        known = records
    assert 0 < len(known) < COUNT
    assert not place.leftovers()
    done = place.grade()
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{COUNT - len(known)} new, {len(known)} kept" in done.stdout
    assert known.items() <= place.records().items()
    assert table_bytes(place) == undisturbed
    assert not list(place.output.rglob("*.part"))
    assert not place.leftovers()


def test_main_process_killed_alone(place: Place) -> None:
    """If only the main process is killed, everything else ends by itself, and the next run can start at once."""
    place.write_many(6)
    process = place.start()
    wait_for_records(place, 2, process)
    process.kill()
    process.communicate()
    done = place.grade()
    assert (done.returncode, done.stderr) == (0, "")
    assert len(place.totals()) == 6
    assert not place.leftovers()


def test_ctrl_c(place: Place) -> None:
    """Ctrl-C ends all processes, writes the table so far and says how to resume. Resuming grades the rest."""
    place.write_many(30)
    process = place.start()
    wait_for_records(place, 3, process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "stopped; run the same command again to resume\n"
    assert not place.leftovers()
    before = place.records()
    assert 3 <= len(before) < 30
    assert len(place.totals()) == len(before)
    assert f"{len(before)} kept" in place.grade().stdout
    assert before.items() <= place.records().items()
    assert len(place.totals()) == 30


def test_ctrl_c_while_an_endless_one_is_graded(place: Place) -> None:
    """Ctrl-C does not wait for a submission that never ends."""
    place.zip = place.write_zip(cells_seconds=500, total_seconds=1000)
    place.write("endless.ipynb", cell="while True: pass")
    process = place.start()
    wait_until_submission_runs(place)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert not place.leftovers()


def wait_until_submission_runs(place: Place) -> None:
    """Wait until the folder of a submission exists."""
    while not any(path.startswith("submission-") for _, paths, _ in os.walk(place.temporary) for path in paths):
        time.sleep(0.1)
    time.sleep(1)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals(place: Place, ending: signal.Signals) -> None:
    """The signals of a shutdown or a closed terminal leave nothing behind, either."""
    place.write_many(6)
    process = place.start()
    wait_for_records(place, 1, process)
    process.send_signal(ending)
    process.communicate(timeout=60)
    assert process.returncode == -ending
    assert not place.leftovers()
    assert place.grade().returncode == 0
    assert len(place.totals()) == 6


def test_judges_killed_from_outside(place: Place) -> None:
    """Killing judging processes, whichever and however often, costs no submission its marks."""
    place.write_many(12)
    process = place.start()
    for count in (1, 3, 5):
        wait_for_records(place, count, process)
        kill_a_judge(place, process)
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, ""), output
    assert list(place.totals().values()) == [3, 1] * 6
    assert not place.leftovers()


def kill_a_judge(place: Place, process: subprocess.Popen[str]) -> None:
    """Kill one forked child of the command."""
    own = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split():
        if Path(f"/proc/{child}/cmdline").read_bytes() == own:
            os.kill(int(child), signal.SIGKILL)
            return


def test_warm_parent_killed(place: Place) -> None:
    """If the warm parent is killed halfway, a new one is started."""
    place.write_many(8)
    process = place.start()
    wait_for_records(place, 1, process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
    (warm,) = (number for number, line in place.processes() if "autograder.student" in line and str(number) in children)
    os.kill(warm, signal.SIGKILL)
    process.communicate(timeout=120)
    place.grade()
    assert list(place.totals().values()) == [3, 1] * 4
    assert not place.leftovers()
