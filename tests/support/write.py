"""Write submissions of the corpus as students would hand them in: ``python -m tests.support.write FOLDER NAME...``."""

import sys
from pathlib import Path

from tests.support.corpus import read_corpus


def main(folder: Path, names: list[str]) -> None:
    """Write the submissions with these names into a folder, and print where they are.

    Raises:
        SystemExit: the corpus has no submission of that name.
    """
    every = {entry.name: entry for kind in ("correct", "wrong") for entry in read_corpus(kind)}
    for name in names:
        if name not in every:
            sys.exit(f"there is no submission {name!r} in tests/submissions/correct and tests/submissions/wrong")
        print(every[name].write(folder))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python -m tests.support.write FOLDER NAME...")
    main(Path(sys.argv[1]), sys.argv[2:])
