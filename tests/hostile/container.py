"""Starting the worker in a default Docker container with Gradescope's folder layout."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hostile.driver import Start
from tests.hostile.secrets import VARIABLE, new_secret
from tests.support.docker_engine import Engine
from tests.support.set_up import set_up_for_pdfs

_IMAGE = "rnn-autograder-hostile"

_DOCKERFILE = """\
FROM {base}
ADD bundle.tar /
WORKDIR /bundle
"""

#: The shell stays alive as the first process of the container, because the kernel protects that process from signals.
_COMMAND = "/opt/autograder/venv/bin/python -m tests.hostile.worker; exit $?"

_ENVIRONMENT = {
    "PYTHONPATH": "/autograder/source/files",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/opt/autograder/matplotlib",
    "OPENBLAS_NUM_THREADS": "1",
}


@contextmanager
def in_container(engine: Engine, base_image: str, bundle: Path) -> Iterator[Start]:
    """Build the image. Within the block, the yielded function starts a worker in a new container."""
    with tempfile.TemporaryDirectory() as name:
        context = Path(name)
        shutil.copy(bundle, context / "bundle.tar")
        base = set_up_for_pdfs(engine, base_image, context)
        (context / "Dockerfile").write_text(_DOCKERFILE.format(base=base), encoding="utf-8")
        engine.docker("build", "--tag", _IMAGE, str(context))

    def start() -> "subprocess.Popen[str]":
        environment = [f"--env={key}={value}" for key, value in (_ENVIRONMENT | {VARIABLE: new_secret()}).items()]
        command = ["docker", "run", "--rm", "--interactive", *environment, _IMAGE, "sh", "-c", _COMMAND]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
        )

    try:
        yield start
    finally:
        left = engine.docker("ps", "--quiet", "--filter", f"ancestor={_IMAGE}", check=False).stdout.split()
        if left:
            engine.docker("rm", "--force", *left, check=False)
        engine.docker("rmi", "--force", _IMAGE, check=False)
