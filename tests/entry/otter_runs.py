"""Several times ``otter run``, in processes forked from one that has loaded Otter, which takes half the time.

Started as ``python -m tests.entry.otter_runs``, with the jobs on standard input. It ends with how many have failed.
"""

import gc
import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.corpus import ROOT

#: An autograder.zip, a folder for results.json, and a submission.
Job = tuple[str, str, str]


def otter_runs(archive: Path, submissions: dict[str, Path], folder: Path) -> dict[str, dict[str, Any]]:
    """Grade submissions with ``otter run`` as a TA does, and return the results.json of each.

    Each has a folder of its own in ``folder``, which is named like its key.
    """
    jobs: list[Job] = []
    for name, path in submissions.items():
        (folder / name).mkdir(parents=True)
        jobs.append((str(archive), str(folder / name), str(path)))
    command = [sys.executable, "-m", "tests.entry.otter_runs"]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(jobs), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: json.loads((folder / name / "results.json").read_text("utf-8")) for name in submissions}


def run(archive: str, folder: str, submission: str) -> bool:
    """Run ``otter run`` in this process, which ends after it; whether it succeeded."""
    from otter.cli import cli

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        words = ["run", "-a", archive, "-o", folder, "--no-logo", submission]
        cli.main(words, prog_name="otter", standalone_mode=False)
    except (Exception, SystemExit) as error:  # either would leave the pool waiting for an answer
        print(f"{submission}: {error}", file=sys.stderr)
        return False
    return True


def main() -> None:
    """Do all jobs, as many at a time as there are processors."""
    gc.disable()  # until Otter is loaded, which is no garbage
    import otter.cli  # noqa: F401  # once, for all of them

    gc.freeze()
    gc.enable()

    jobs = json.load(sys.stdin)
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        sys.exit(pool.starmap(run, jobs, chunksize=1).count(False))


if __name__ == "__main__":
    main()
