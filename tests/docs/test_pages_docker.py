"""The commands of the pages that need Docker."""

import csv
import shutil
from pathlib import Path

import pytest

from tests.docs.running import SUBMISSIONS, hand_in, run_page
from tests.support.docker_engine import Engine

pytestmark = [pytest.mark.slow, pytest.mark.docker]

#: The image that ``otter grade`` builds on where none is named.
DEFAULT_IMAGE = "ubuntu:22.04"


def test_readme(docker_engine: Engine, base_image: str, dist: Path, tmp_path: Path) -> None:
    """The README's ``otter grade`` writes the marks; what stands for its default image is the tests' own base image."""
    shutil.copytree(dist, tmp_path / "dist")
    hand_in(tmp_path)
    docker_engine.docker("tag", base_image, DEFAULT_IMAGE)
    try:
        run_page("README.md", tmp_path, mark="docker")
    finally:
        docker_engine.docker("rmi", DEFAULT_IMAGE, check=False)
    with (tmp_path / "final_grades.csv").open(encoding="utf-8", newline="") as stream:
        status = {row["file"]: row["grading_status"] for row in csv.DictReader(stream)}
    assert status == {"points-per-question": "--", **{f"{name}.ipynb": "Completed" for name in SUBMISSIONS}}
