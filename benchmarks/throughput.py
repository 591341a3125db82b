"""Compare ways to grade many notebooks: bare execution, ``autograder grade``, ``otter run`` and ``otter grade``.

    python benchmarks/throughput.py [--notebooks N] [--wrong W] [--otter M] [--rounds R] [--reference] [--containers]

The notebooks are correct submissions of the corpus, or copies of the reference solution with ``--reference``. A class
of wrong submissions is graded beside them, as messages about mistakes take time. Bare execution (bare.py) runs the same
cells in a warm process and makes the same calls, but judges nothing. The output is seconds and processor seconds for
one submission, with and without a share of the command's start, and ratios. All figures are medians over rounds.
``otter run`` grades with our zip, and with a zip of the same test cases for stock Otter. ``--containers`` also measures
``otter grade --containers 2`` with our zip; this needs a Docker engine and root.
"""

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = "bare execution"
WRONG = "  -j 1, wrong submissions"
STOCK, WITH_WALL = "otter run, stock", "otter run, this zip"
sys.path.insert(0, str(ROOT))
os.environ.update(MPLBACKEND="Agg", OPENBLAS_NUM_THREADS="1")

from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.support.corpus import Entry, read_corpus


@dataclass(frozen=True)
class Figure:
    """The time that one way takes for one submission."""

    seconds: float
    processor: float

    def beyond(self, few: "Figure", count: int) -> "Figure":
        """Return the time for one more submission, from this run of ``count`` and another run of a third of them."""
        third, more = count // 3, count - count // 3
        seconds, processor = (
            (whole * count - part * third) / more
            for whole, part in ((self.seconds, few.seconds), (self.processor, few.processor))
        )
        return Figure(seconds, processor)


def timed(command: list[str], count: int) -> Figure:
    """Run a command that grades ``count`` submissions, and measure it."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        raise SystemExit(f"{command} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(seconds / count, used / count)


def write_class(folder: Path, count: int, reference: bytes | None = None) -> None:
    """Write ``count`` notebooks: copies of the correct ones of the corpus, or of the reference solution."""
    folder.mkdir()
    entries = [] if reference else _entries("correct")
    for number in range(count):
        target = folder / f"{number:04}.ipynb"
        if reference:
            target.write_bytes(reference)
        else:
            _write(entries[number % len(entries)], target)


def write_wrong_class(folder: Path, count: int) -> None:
    """Write ``count`` wrong notebooks from all over the corpus, so that every question has its share."""
    folder.mkdir()
    entries = _entries("wrong")
    for number in range(count):
        _write(entries[number * len(entries) // count], folder / f"{number:04}.ipynb")


def _entries(kind: str) -> list[Entry]:
    """The notebooks of the corpus of one kind, except those that test clocks."""
    return [entry for entry in read_corpus(kind) if entry.form == "notebook" and not entry.waits]


def _write(entry: Entry, target: Path) -> None:
    entry.write(target.parent / "one").rename(target)
    (target.parent / "one").rmdir()


def processor_of_grade(folder: Path, archive: Path, output: Path, workers: int, count: int) -> Figure:
    """Measure ``autograder grade``. The clock misses the students' processes, so their time comes from the records."""
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "-a", str(archive), "-o", str(output)]
    figure = timed([*command, "-j", str(workers), "--quiet"], count)
    used = []
    for path in (output / "results").glob("*.json"):
        staff = json.loads(path.read_text(encoding="utf-8"))["extra_data"]["autograder"]["staff"]
        used.append(float(staff.split("used ")[1].split(" s")[0]))
    return Figure(figure.seconds, figure.processor + statistics.mean(used))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notebooks", type=int, default=60)
    parser.add_argument("--wrong", type=int, default=60, help="size of the class of wrong submissions; 0 for none")
    parser.add_argument("--otter", type=int, default=6, help="how many of them to grade with otter run; 0 for none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reference", action="store_true", help="grade copies of the reference solution")
    parser.add_argument("--containers", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = Sources(ROOT, ROOT / "otter_config.json")
        archive = folder / "autograder.zip"
        write_zip(archive, sources.autograder_files())
        (folder / "tests").mkdir()
        for file, text in sources.all_tests.items():
            (folder / "tests" / file).write_text(text, encoding="utf-8")
        count = options.notebooks
        write_class(folder / "class", count, sources.notebook(solved=True) if options.reference else None)
        write_wrong_class(folder / "wrong", options.wrong)
        found: dict[str, list[Figure]] = {}
        bare = [sys.executable, str(ROOT / "benchmarks" / "bare.py"), str(folder / "class"), str(folder / "tests")]
        few = folder / "few"
        few.mkdir()
        for path in sorted((folder / "class").iterdir())[: count // 3]:
            shutil.copy(path, few)
        for turn in range(options.rounds):
            done = subprocess.run(bare, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
            for way, seconds in zip((BARE, "bare, figures not rendered"), done.stdout.split(), strict=True):
                found.setdefault(way, []).append(Figure(float(seconds), float(seconds)))
            for workers in (1, 2):
                output = folder / f"out-{turn}-{workers}"
                whole = processor_of_grade(folder / "class", archive, output, workers, count)
                part = processor_of_grade(few, archive, folder / f"few-{turn}-{workers}", workers, count // 3)
                found.setdefault(f"autograder grade -j {workers}", []).append(whole)
                found.setdefault(f"  -j {workers} without its start", []).append(whole.beyond(part, count))
            if options.wrong:
                failing = processor_of_grade(folder / "wrong", archive, folder / f"wrong-{turn}", 1, options.wrong)
                found.setdefault(WRONG, []).append(failing)
        for path in sorted((folder / "class").iterdir())[: options.otter]:
            for way, used in ((STOCK, stock_zip(archive, folder)), (WITH_WALL, archive)):
                command = [sys.executable, "-m", "otter", "run", "-a", str(used), "-o", name, str(path)]
                found.setdefault(way, []).append(timed(command, 1))
        if options.containers:
            found["otter grade --containers 2"] = [_in_containers(folder, archive, count)]
        _print(found, count)


def stock_zip(archive: Path, folder: Path) -> Path:
    """Make the same zip without our plugin, for stock Otter."""
    target = folder / "stock.zip"
    if not target.exists():
        shutil.unpack_archive(archive, folder / "stock")
        (folder / "stock" / "otter_config.json").write_text("{}", encoding="utf-8")
        shutil.make_archive(str(folder / "stock"), "zip", folder / "stock")
    return target


def _in_containers(folder: Path, archive: Path, count: int) -> Figure:
    from tests.support.docker_engine import Engine, build_base_image

    with Engine() as engine:
        image = build_base_image(engine)
        command = [sys.executable, "-m", "otter", "grade", "-n", "benchmark", "-a", str(archive), "--image", image]
        command += ["--containers", "2", "-o", str(folder), str(folder / "class")]
        timed([*command[:-1], str(next((folder / "class").iterdir()))], 1)  # builds the image
        return Figure(timed(command, count).seconds, math.nan)  # we cannot time the engine's processes


def _print(found: dict[str, list[Figure]], count: int) -> None:
    middle = {
        way: Figure(statistics.median(f.seconds for f in figures), statistics.median(f.processor for f in figures))
        for way, figures in found.items()
    }
    print(f"{count} notebooks, {os.cpu_count()} processors; seconds for one submission (median):\n")
    bare, ours = middle[BARE], middle["autograder grade -j 1"]
    for way, figure in middle.items():
        print(
            f"  {way:27} {figure.seconds:6.3f}   processor {figure.processor:6.3f}   "
            f"processor / bare {figure.processor / bare.processor:6.2f}"
        )
    print()
    for way in (STOCK, WITH_WALL):
        if way in middle:
            print(f"  {way} / autograder grade -j 1: {middle[way].processor / ours.processor:.1f} in processor time")
    if WRONG in middle:
        print(f"  wrong / correct submissions, -j 1: {middle[WRONG].processor / ours.processor:.2f} in processor time")
    two = middle["autograder grade -j 2"]
    one, pair = (middle[f"  -j {workers} without its start"].seconds for workers in (1, 2))
    print(f"  throughput of -j 2 / -j 1: {ours.seconds / two.seconds:.2f}, without the start {one / pair:.2f}")
    print(f"  a class of 300 with -j 2: {300 * two.seconds:.0f} s")
    if STOCK in middle:
        print(f"  the same with otter run: {300 * middle[STOCK].seconds / 60:.0f} minutes")


if __name__ == "__main__":
    main()
