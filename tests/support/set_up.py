"""Images in which setup.sh has run. That takes most of their time, so one layer serves all test files."""

import shutil
from pathlib import Path

from tests.support.corpus import ROOT
from tests.support.docker_engine import Engine

#: What setup.sh reads where the settings ask for PDFs. Submissions get the same libraries with and without.
FILES = ("setup.sh", "requirements.txt", "requirements.uv.txt", "requirements.written.txt")

#: The name of the image that ``otter grade`` builds is otter-grade, and its tag is the assignment's name.
ASSIGNMENT = "autograder-test"

#: The image in which setup.sh has run with what PDFs need, too.
_SET_UP = "rnn-autograder-set-up"

_DOCKERFILE = """\
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


def set_up_for_pdfs(engine: Engine, base: str, context: Path) -> str:
    """Return an image in which setup.sh has installed what PDFs need, too; its layers are made once.

    Args:
        engine: the engine.
        base: a base image.
        context: a folder that Docker may read, in which a new folder is made.
    """
    folder = context / "set-up"
    (folder / "setup").mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / "autograder" / "zips" / "templates" / name, folder / "setup")
    (folder / "Dockerfile").write_text(_DOCKERFILE.format(base=quickest_base(engine, base)), encoding="utf-8")
    engine.docker("build", "--tag", _SET_UP, str(folder))
    return _SET_UP
