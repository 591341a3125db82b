"""Building the image on bases that have another Python, or none that grading can use.

The way without a usable Python costs a minute and runs each time up to its message. The rest builds whole images, and
runs with ALL_IMAGES=1 only: ``make test-images``.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.entry.test_containers import marks_of_row, otter_grade
from tests.support.docker_engine import Engine, EngineUnavailable, build_base_image
from tests.support.packed_python import LIST, pack
from tests.support.selection import Marks, unpack
from tests.support.set_up import quickest_base

pytestmark = [pytest.mark.slow, pytest.mark.docker]
all_images = pytest.mark.skipif(os.environ.get("ALL_IMAGES") != "1", reason="builds whole images: make test-images")

#: The release of Debian that has the Python which setup.sh would fetch.
NEWER = "forky"


def without_python(context: Path, dist: Path, base: str, fetched: str, run: str) -> None:
    """Write a Dockerfile that runs setup.sh where no Python of the image will do, with uv's list of downloads."""
    source = unpack(dist, context / "source")
    script = (source / "setup.sh").read_text(encoding="utf-8")
    changed = script.replace('wanted=">=3.11,<3.15" fetched=3.14', f'wanted="pypy" fetched={fetched}')
    assert changed != script
    (source / "setup.sh").write_text(changed, encoding="utf-8")
    lines = [f"FROM {base}", "COPY source /autograder/source", "COPY python /python"]
    lines += [f"ENV UV_PYTHON_DOWNLOADS_JSON_URL=/python/{LIST}", f"RUN {run}"]
    lines += ["RUN cp /autograder/source/run_autograder /autograder/ && chmod +x /autograder/run_autograder"]
    (context / "Dockerfile").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_build_fails_where_no_python_can_be_had(
    docker_engine: Engine, base_image: str, dist: Path, tmp_path: Path
) -> None:
    """The build ends with the Python that was found, the versions needed, and other base images."""
    (tmp_path / "python").mkdir()
    version = pack(tmp_path / "python", "/nowhere")
    base = quickest_base(docker_engine, base_image)
    without_python(tmp_path, dist, base, version, "bash /autograder/source/setup.sh")
    done = subprocess.run(["docker", "build", "--progress=plain", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode != 0
    told = done.stdout + done.stderr
    for words in ("no Python that grading can use", "Python 3.", f"fetching {version} failed", "--image ubuntu:24.04"):
        assert words in told, told[-3000:]


@all_images
def test_the_fetched_python_grades(
    docker_engine: Engine, base_image: str, dist: Path, selection: dict[str, Path], tmp_path: Path
) -> None:
    """An interpreter that uv fetched is installed where every user may read it, and grades."""
    (tmp_path / "python").mkdir()
    version = pack(tmp_path / "python", "/python")
    without_python(tmp_path, dist, base_image, version, "bash /autograder/source/setup.sh")
    (tmp_path / "source" / "submission").mkdir()
    shutil.copy(selection["reference"], tmp_path / "source" / "submission")
    docker_engine.docker("build", "--tag", "fetched", str(tmp_path))
    command = "mkdir /autograder/results && cp -r /autograder/source/submission /autograder/ && exec 2>&1"
    command += " && /autograder/run_autograder && readlink -f /opt/autograder/venv/bin/python"
    told = docker_engine.docker("run", "--rm", "fetched", "bash", "-c", command).stdout
    docker_engine.docker("rmi", "--force", "fetched", check=False)
    assert "q3 20 / 20 q4 35 / 35 q5 20 / 20" in " ".join(told.split())
    assert f"/opt/autograder/python/cpython-{version}" in told


@all_images
def test_otter_grade_on_a_newer_python(
    docker_engine: Engine, dist: Path, selection: dict[str, Path], marks: dict[str, Marks], tmp_path: Path
) -> None:
    """A base with the newest Python that the packages are locked for gives the same marks."""
    try:
        base = build_base_image(docker_engine, NEWER)
    except EngineUnavailable as reason:
        pytest.skip(str(reason))
    grades = otter_grade(base, dist, tmp_path / "out", str(next(iter(selection.values())).parent))
    assert {name: marks_of_row(grades[path.name]) for name, path in selection.items()} == marks
