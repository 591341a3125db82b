"""Images in which setup.sh has run. That takes most of their time, so one layer serves all test files."""

import shutil
from pathlib import Path

from tests.support.corpus import ROOT

#: What setup.sh reads where the settings ask for PDFs. Submissions get the same libraries with and without.
FILES = ("setup.sh", "requirements.txt", "requirements.uv.txt", "requirements.written.txt")

#: Before any file that changes is copied, so that the layer is found again in the next file and in the next run.
_FIRST = """\
FROM {base}
COPY setup /autograder/source
RUN bash /autograder/source/setup.sh
"""


def write_dockerfile(context: Path, base: str, rest: str) -> None:
    """Write a Dockerfile that runs setup.sh on a base image and goes on with these instructions."""
    (context / "setup").mkdir()
    for name in FILES:
        shutil.copy(ROOT / "autograder" / "zips" / "templates" / name, context / "setup")
    (context / "Dockerfile").write_text(_FIRST.format(base=base) + rest, encoding="utf-8")
