"""Grade the submission in this container."""

import sys
from pathlib import Path

AUTOGRADER = Path("/autograder")

if __name__ == "__main__":
    sys.path.insert(0, str(AUTOGRADER / "source" / "files"))
    from autograder.entry.container import main

    main(AUTOGRADER)
