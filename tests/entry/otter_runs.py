"""Several times ``otter run``, in processes forked from one that has loaded Otter, which takes a third of the time.

Started as ``python -m tests.entry.otter_runs AUTOGRADER.ZIP FOLDER SUBMISSION...``. Each run has a folder of its own in
FOLDER, named like the submission, for its results.json. The exit status is the number of runs that failed.
"""

import multiprocessing
import os
import sys
from pathlib import Path

from otter.cli import cli


def run(archive: str, folder: Path, submission: Path) -> bool:
    """Run ``otter run`` in this process, which ends after it; whether it succeeded."""
    (folder / submission.stem).mkdir()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    words = ["run", "-a", archive, "-o", str(folder / submission.stem), "--no-logo", str(submission)]
    try:
        cli.main(words, prog_name="otter", standalone_mode=False)
    except (Exception, SystemExit) as error:  # either would leave the pool waiting for an answer
        print(f"{submission.name}: {error}", file=sys.stderr)
        return False
    return True


def main() -> None:
    """Run Otter on all submissions, as many at a time as there are processors."""
    archive, folder, *submissions = sys.argv[1:]
    jobs = [(archive, Path(folder), Path(submission)) for submission in submissions]
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        sys.exit(pool.starmap(run, jobs, chunksize=1).count(False))


if __name__ == "__main__":
    main()
