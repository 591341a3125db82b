"""Grade every submission of the corpus several times, and report each test case whose outcome is not always the same.

    python benchmarks/same_marks.py [--runs N] [--copies N] [--only correct|wrong]

Every run grades in a shuffled order, with ``-j 1`` and ``-j 2`` in turn. Some submissions are in it twice, under two
names. Time limits are shorter than in real grading, because of the endless loops. The exit status is 1 if any outcome
differs. Five runs of the whole corpus take about half an hour on two cores.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.update(MPLBACKEND="Agg", OPENBLAS_NUM_THREADS="1")

from autograder.settings import PLUGIN
from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.support.corpus import Entry, read_corpus

LIMITS = {"call_seconds": 4, "cells_seconds": 3, "total_seconds": 60}

#: The outcome of each test case, by its name.
Outcomes = dict[str, str]


def write_class(entries: list[Entry], copies: int, run: int, folder: Path) -> dict[str, str]:
    """Write a class in a random order; return the submission of the corpus for each label."""
    chance = random.Random(run)
    chosen = entries + chance.sample(entries, min(copies, len(entries)))
    chance.shuffle(chosen)
    labels = {}
    for number, entry in enumerate(chosen):
        path = entry.write(folder / "one")
        target = folder / f"{number:04}{path.suffix}"
        path.rename(target)
        labels[target.name] = f"{entry.path.parent.name}/{entry.name}"
    return labels


def grade(folder: Path, archive: Path, output: Path, workers: int) -> dict[str, Outcomes]:
    """Grade a class; return the outcomes by label."""
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "-a", str(archive), "-o", str(output)]
    subprocess.run([*command, "-j", str(workers), "--quiet"], check=True, cwd=ROOT)
    found = {}
    for path in (output / "results").rglob("*.json"):
        part = json.loads(path.read_text(encoding="utf-8"))["extra_data"]["autograder"]
        found[Path(part["path"]).name] = {case["name"]: case["outcome"] for case in part["cases"]}
    return found


def main() -> None:
    """Grade, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--copies", type=int, default=30, help="submissions that are in a run twice")
    parser.add_argument("--only", choices=("correct", "wrong"))
    options = parser.parse_args()
    kinds = (options.only,) if options.only else ("correct", "wrong")
    entries = [entry for kind in kinds for entry in read_corpus(kind)]
    seen: dict[str, list[Outcomes]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        archive, config = Path(name, "autograder.zip"), Path(name, "otter_config.json")
        settings = json.loads((ROOT / "otter_config.json").read_text(encoding="utf-8"))
        settings["plugins"][0][PLUGIN] |= LIMITS
        config.write_text(json.dumps(settings), encoding="utf-8")
        write_zip(archive, Sources(ROOT, config).autograder_files())
        for run in range(options.runs):
            folder = Path(name, f"class-{run}")
            labels = write_class(entries, options.copies, run, folder)
            outcomes = grade(folder, archive, Path(name, f"out-{run}"), 1 + run % 2)
            for label, submission in labels.items():
                seen[submission].append(outcomes[label])
            print(f"run {run + 1}: {len(labels)} submissions", flush=True)
    sys.exit(_report(seen))


def _report(seen: dict[str, list[Outcomes]]) -> int:
    differing = 0
    for submission, runs in sorted(seen.items()):
        for case in runs[0]:
            outcomes = [run[case] for run in runs]
            if len(set(outcomes)) > 1:
                differing += 1
                print(f"{submission}: {case}: {', '.join(outcomes)}")
    gradings = sum(map(len, seen.values()))
    print(f"{len(seen)} submissions, {gradings} gradings; test cases whose outcome differs: {differing}")
    return 1 if differing else 0


if __name__ == "__main__":
    main()
