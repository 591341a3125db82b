"""Grades hostile submissions one after another, and checks what each of them achieved.

Started as ``python -m tests.hostile.worker`` in each of the settings: as root, as an ordinary user, in a container. It
is the grading process: the targets of the attacks are planted in it and around it. It reads a ``Job`` from its standard
input, and writes lines of JSON to its standard output. Each line starts with a word that no submission knows, so a
submission cannot forge one.
"""

import gc
import html
import json
import os
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .attacks import POINTS, Hostile, as_json, read_hostile
from .leftovers import Leftovers, adopt_orphans
from .secrets import functions_of, leaks, plant
from .targets import Targets

BUNDLE = Path(__file__).resolve().parents[2]

#: The most characters to show a student. Nobody could read more, and Gradescope would not show it.
FLOOD = 500_000

#: The most bytes by which the grading process may grow during one submission.
GROWTH = 400 * 2**20

#: Limits count processor time. On a busy machine, grading may take this many times as long.
BUSY = 12

#: The most processor time of our own that one submission may take, in seconds.
OWN_SECONDS = 12.0

#: Codes that a terminal or a browser would obey.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]|<(script|img)")

#: A picture that we have drawn.
_PICTURE = re.compile(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+" alt="[^"]*">')

#: The visibilities of results that a student sees sooner or later.
VISIBLE = {"visible", "after_published", "after_due_date"}

#: Grades a submission: in all questions, or without the last one, whose drawings take most of the time.
Grade = Callable[[Path, bool], Any]

#: How often the correct submission after an attack is graded in all questions. Most of what an attack may leave behind
#: harms any question, and what harms the drawings alone is found later.
_IN_FULL = 3


@dataclass
class Job:
    """A task for a worker."""

    place: str
    """The grader's folder. Its folder ``source`` is the unpacked autograder.zip."""
    word: str
    """The word at the start of each of the worker's own lines."""
    entries: list[str]
    """Names of the submissions."""
    limits: dict[str, float]
    """Time limits."""
    grader: str = "project"
    """``project``, or ``naive`` for a grader without any defences."""


@contextmanager
def project_grader(files: list[Any], settings: Any) -> Iterator[Grade]:
    """The project's own grading, with one sandbox and one judge for all submissions, as in a batch."""
    from autograder.grading.grade import grade_path
    from autograder.grading.judging import Judge
    from autograder.sandbox import Sandbox, session

    session.GRACE = 1.0  # seconds to wait beyond the limits
    judges = {True: Judge(files), False: Judge(files[:-1])}
    import msgspec

    with Sandbox() as sandbox:
        # A busy disk counts towards the limit for a whole submission. The reference solution must not meet that limit.
        patient = msgspec.structs.replace(settings, total_seconds=60)
        yield lambda path, full: grade_path(
            path, judges[full], patient if path.name == "reference.ipynb" else settings, sandbox
        )


@contextmanager
def naive_grader(tests: Path) -> Iterator[Grade]:
    """A grader without defences."""
    from importlib import import_module

    from .naive import LIBRARIES, grade

    for library in LIBRARIES:  # here, so that its many processes do not have to
        import_module(library)

    yield lambda path, _: grade(path, tests)


class Worker:
    """One grading process and everything around it."""

    def __init__(self, job: Job, say: Callable[..., None]) -> None:
        self.job, self.say = job, say
        self.place = Path(job.place)
        source = self.place / "source"
        self.planted = plant(source)
        adopt_orphans()
        self.targets = Targets(self.place, BUNDLE / "autograder.zip")
        os.environ["HOME"] = self.targets.known["home"]
        self.planted |= self.targets.planted

        import msgspec

        from autograder.grading.grade import load_test_files
        from autograder.settings import load

        self.settings = msgspec.structs.replace(load(source / "otter_config.json"), **job.limits)
        self.config = json.loads((source / "otter_config.json").read_text(encoding="utf-8"))
        self.tests = source / "tests"
        self.test_files = load_test_files(self.tests)
        self.targets.known["cases"] = {file.name: [case.name for case in file.test_cases] for file in self.test_files}
        self.solution = json.loads((BUNDLE / "solution.json").read_text(encoding="utf-8"))
        self.bait = functions_of(self.solution)  # kept in memory, so that a search of the process could find it
        self.numbers = json.loads((BUNDLE / "numbers.json").read_text(encoding="utf-8"))

    def run(self) -> None:
        """Grade the submissions of the job, until one of them achieves something."""
        naive = self.job.grader != "project"
        grader = naive_grader(self.tests) if naive else project_grader(self.test_files, self.settings)
        by_name = {entry.name: entry for entry in read_hostile(BUNDLE / "tests" / "submissions" / "hostile")}
        try:
            with grader as grade:
                self.say(ready=[] if naive else self._warm_up(grade))
                for number, name in enumerate(self.job.entries):
                    self.say(begin=name)
                    result = self.examine(by_name[name], grade, in_full=naive or number % _IN_FULL == 0)
                    self.say(entry=name, **result)
                    if result["findings"]:
                        break  # this process can no longer be trusted: a new worker does the rest
        finally:
            self.targets.close()

    def examine(self, entry: Hostile, grade: Grade, in_full: bool) -> dict[str, Any]:
        """Grade one hostile submission, look for any kind of success, and grade a correct submission after it."""
        folder = self.place / "submissions" / entry.name
        path = entry.write(folder, self.solution, self.targets.known)
        self.targets.begin()
        leftovers = Leftovers.before()
        before, started, own = _memory_now(), time.monotonic(), time.process_time()
        found, marks, visible = [], {}, ""
        try:
            graded = grade(path, True)
            marks, visible = self._marks(graded), self._visible(graded)
            found = self._complete(graded) + _too_many(marks, entry.keeps)
        except BaseException:
            found = ["crash: " + traceback.format_exc()[-1500:]]
        seconds, own = time.monotonic() - started, time.process_time() - own
        if own > OWN_SECONDS:
            found.append(f"harm: the grading process worked for {own:.0f} seconds")
        if (grown := _memory("VmHWM") - before) > GROWTH:
            found.append(f"harm: the grading process grew by {grown >> 20} MB")
        found += leaks(visible, self.planted, self.numbers)[:8]
        if _CONTROL.search(visible):
            found.append("harm: the student sees control codes or markup")
        if len(visible) > FLOOD:
            found.append(f"harm: the student sees {len(visible)} characters")
        if seconds > self.job.limits["total_seconds"] * BUSY + 10:
            found.append(f"harm: grading took {seconds:.0f} seconds")
        found += leftovers.findings()
        found += self.targets.findings()
        shutil.rmtree(folder, ignore_errors=True)
        after = time.monotonic()
        found += self._reference(grade, in_full)
        after = time.monotonic() - after
        return {
            "findings": found,
            "marks": marks,
            "seconds": round(seconds, 2),
            "after": round(after, 2),
            "visible": visible[:3000],
        }

    def _warm_up(self, grade: Grade) -> list[str]:
        """Grade the reference solution until it gets full marks. The first run may take longer than our limits."""
        for _ in range(3):
            if not (found := self._reference(grade, in_full=True)):
                break
        return found

    def _reference(self, grade: Grade, in_full: bool) -> list[str]:
        """Grade the reference solution. Anything except full marks is a finding."""
        try:
            graded = grade(BUNDLE / "reference.ipynb", in_full)
            marks = self._marks(graded)
        except BaseException:
            return ["afterwards: " + traceback.format_exc()[-1500:]]
        return (
            []
            if marks == dict([*POINTS.items()][: None if in_full else -1])
            else [f"afterwards: a correct submission gets {marks}: {self._visible(graded)[:500]}"]
        )

    def _marks(self, graded: Any) -> dict[str, float]:
        return {question: round(float(graded.points[question]), 4) for question in POINTS if question in graded.points}

    def _complete(self, graded: Any) -> list[str]:
        """Check that every declared case has a result, and that there are no other results."""
        found = []
        for test_file in self.test_files:
            got = sorted(case.name for case in graded.cases if case.question == test_file.name)
            if got != sorted(case.name for case in test_file.test_cases):
                found.append(f"marks: the results of {test_file.name} are not those of the declared cases")
        return found

    def _visible(self, graded: Any) -> str:
        """Everything that a student sees, without and with hidden cases shown."""
        import msgspec

        from autograder.grading.files import write_json
        from autograder.grading.gradescope import gradescope_results, shown_by

        seen = []
        for shown in (False, True):
            settings = msgspec.structs.replace(self.settings, hidden_results="after_published" if shown else "hidden")
            output = gradescope_results(graded, shown_by(settings, self.config, self.test_files))
            target = self.place / "submissions" / "results.json"
            write_json(target, output)
            read = json.loads(target.read_text(encoding="utf-8"))
            seen.append(str(read.get("output", "")))
            seen += [f"{t['name']}\n{t.get('output', '')}" for t in read["tests"] if t.get("visibility") in VISIBLE]
        return html.unescape(_PICTURE.sub("", "\n\n".join(seen)))


def _memory_now() -> int:
    """The bytes of memory that this process uses. Also resets the kernel's record of the peak."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(field: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s*(\d+)", status)[1]) << 10  # type: ignore[index]


def _too_many(marks: dict[str, float], keeps: dict[str, float]) -> list[str]:
    return [
        f"marks: {marks[q]:g} in {q}, but it earned at most {most:g}" for q, most in keeps.items() if marks[q] > most
    ]


def main() -> None:
    """Do the job that is on standard input."""
    gc.set_threshold(10_000)  # as in the product's own commands, whose start it shortens
    job = Job(**json.loads(sys.stdin.readline()))
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)

    def say(**facts: Any) -> None:
        channel.write(job.word + as_json(facts) + "\n")
        channel.flush()

    try:
        Worker(job, say).run()
    except BaseException:
        say(broken=traceback.format_exc()[-3000:])
        raise


if __name__ == "__main__":
    main()
