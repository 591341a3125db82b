"""Grading many notebooks: bare execution, ``autograder grade``, ``otter run``, ``otter grade``, in one run.

    python benchmarks/throughput.py [--notebooks N] [--otter M] [--containers]

The notebooks are correct submissions of the corpus. Bare execution runs the same cells in a warm process, renders the
figures as a notebook does, and makes the same calls with the same arguments, without judging anything. Prints seconds
and processor seconds for one submission, and ratios; medians over rounds where a round is short. ``--containers``
measures ``otter grade --containers 2`` as well, which needs a Docker engine, an hour's worth of patience and root.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.update(MPLBACKEND="Agg", OPENBLAS_NUM_THREADS="1")

from autograder.generator.archive import write_zip
from autograder.generator.sources import Sources
from tests.support.corpus import read_corpus

#: Bare execution: a process of its own, warm when the clock starts; told folder and test files, it prints seconds.
BARE = """
import contextlib, io, json, sys, time, types
from pathlib import Path
import matplotlib.pyplot as plt, networkx, numpy, scipy.special
from autograder.grading import load_test_files
from autograder.student.otter_stub import silence_otter
from autograder.submission import read_submission
tests = load_test_files(Path(sys.argv[2]))
silence_otter()
plt.show = lambda *a, **k: [plt.figure(n).savefig(io.BytesIO()) for n in plt.get_fignums()] and None
def run(path, calls=None):
    space = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for cell in read_submission(path).cells:
            try:
                exec(compile(cell, "cell", "exec"), space)
            except Exception:
                pass
        plt.close("all")
        for name, arguments in calls or ():
            space[name](*arguments)
    return space
def calls_of(space):
    made = []
    def kept(name):
        def function(*arguments):
            model = arguments[:1] and types.SimpleNamespace(**vars(arguments[0]))
            made.append((name, (model, *arguments[1:]) if arguments else ()))
            return space[name](*arguments)
        return function
    functions = {name: kept(name) for name in ("init", "forward", "graph")}
    for test_file in tests:
        for case in test_file.test_cases:
            with contextlib.suppress(BaseException):
                case.body.call_func(functions)
    first = next(i for i, (name, _) in enumerate(made) if name == "graph")
    return [call for i, call in enumerate(made) if call[0] != "graph" or i == first]
paths = sorted(Path(sys.argv[1]).iterdir())
run(paths[0])
total = 0.0
for path in paths:
    calls = calls_of(run(path))
    begun = time.process_time()
    run(path, calls)
    total += time.process_time() - begun
    plt.close("all")
print(json.dumps(total / len(paths)))
"""


@dataclass(frozen=True)
class Figure:
    """What one way took for one submission."""

    seconds: float
    processor: float


def timed(command: list[str], count: int) -> Figure:
    """Run a command that grades so many submissions."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        raise SystemExit(f"{command} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(seconds / count, used / count)


def write_class(folder: Path, count: int) -> None:
    """Write so many notebooks: the correct ones of the corpus, again and again, without those that test clocks."""
    folder.mkdir()
    entries = [e for e in read_corpus("correct") if e.form == "notebook" and not e.waits]
    for number in range(count):
        path = entries[number % len(entries)].write(folder / "one")
        path.rename(folder / f"{number:04}.ipynb")
        (folder / "one").rmdir()


def processor_of_grade(folder: Path, archive: Path, output: Path, workers: int, count: int) -> Figure:
    """``autograder grade``; students' processes are not its children's children for the clock, so records tell them."""
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
    parser.add_argument("--otter", type=int, default=6, help="how many of them otter run gets")
    parser.add_argument("--rounds", type=int, default=3)
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
        write_class(folder / "class", count)
        found: dict[str, list[Figure]] = {}
        for turn in range(options.rounds):
            bare = [sys.executable, "-c", BARE, str(folder / "class"), str(folder / "tests")]
            done = subprocess.run(bare, capture_output=True, text=True, check=True, cwd=ROOT)
            processor = float(done.stdout.splitlines()[-1])
            found.setdefault("bare execution", []).append(Figure(processor, processor))
            for workers in (1, 2):
                output = folder / f"out-{turn}-{workers}"
                figure = processor_of_grade(folder / "class", archive, output, workers, count)
                found.setdefault(f"autograder grade -j {workers}", []).append(figure)
        for path in sorted((folder / "class").iterdir())[: options.otter]:
            command = [
                sys.executable,
                "-m",
                "otter",
                "run",
                "-a",
                str(stock_zip(archive, folder)),
                "-o",
                name,
                str(path),
            ]
            found.setdefault("otter run (stock)", []).append(timed(command, 1))
        if options.containers:
            found["otter grade --containers 2"] = [_in_containers(folder, archive, count)]
        _print(found, count)


def stock_zip(archive: Path, folder: Path) -> Path:
    """The same zip without our plugin, as stock Otter would grade with it."""
    import shutil

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
        return timed(command, count)


def _print(found: dict[str, list[Figure]], count: int) -> None:
    middle = {
        way: Figure(statistics.median(f.seconds for f in figures), statistics.median(f.processor for f in figures))
        for way, figures in found.items()
    }
    print(f"{count} notebooks, {os.cpu_count()} processors; one submission takes, in seconds (median):\n")
    bare, ours = middle["bare execution"], middle["autograder grade -j 1"]
    for way, figure in middle.items():
        print(
            f"  {way:27} {figure.seconds:6.3f}   processor {figure.processor:6.3f}   "
            f"processor / bare {figure.processor / bare.processor:6.2f}"
        )
    stock, two = middle["otter run (stock)"], middle["autograder grade -j 2"]
    print(f"\n  otter run / autograder grade -j 1: {stock.processor / ours.processor:.1f} in processor time")
    print(f"  throughput of -j 2 / -j 1: {ours.seconds / two.seconds:.2f}, start included")
    print(
        f"  a class of 300 with -j 2: {300 * two.seconds:.0f} s; with otter run: {300 * stock.seconds / 60:.0f} minutes"
    )


if __name__ == "__main__":
    main()
