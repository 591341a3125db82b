"""Images in which setup.sh has run. That takes most of their time, so one layer serves all test files."""

import shutil
from pathlib import Path

from tests.support.corpus import ROOT
from tests.support.docker_engine import Engine

#: What setup.sh reads where the settings ask for PDFs. Submissions get the same libraries with and without.
FILES = ("setup.sh", "requirements.txt", "requirements.uv.txt", "requirements.written.txt")

#: The name of the image that ``otter grade`` builds is otter-grade, and its tag is the assignment's name.
ASSIGNMENT = "autograder-test"

#: Before any file that changes is copied, so that the layer is found again in the next file and in the next run.
_FIRST = """\
FROM {base}
RUN rm -rf /autograder
COPY setup /autograder/source
RUN bash /autograder/source/setup.sh
"""


def quickest_base(engine: Engine, base: str) -> str:
    """Return the image that ``otter grade`` built, if it has; else a base image.

    There, setup.sh finds nearly everything installed. The test file that builds this image is the first.
    """
    built = f"otter-grade:{ASSIGNMENT}"
    return built if engine.docker("image", "inspect", built, check=False).returncode == 0 else base


def write_dockerfile(context: Path, engine: Engine, base: str, rest: str) -> None:
    """Write a Dockerfile that runs setup.sh on a base image and goes on with these instructions."""
    (context / "setup").mkdir()
    for name in FILES:
        shutil.copy(ROOT / "autograder" / "zips" / "templates" / name, context / "setup")
    first = _FIRST.format(base=quickest_base(engine, base))
    (context / "Dockerfile").write_text(first + rest, encoding="utf-8")
