"""The right solution in every form in which it may be handed in gets every point, every time."""

from pathlib import Path

import pytest

from tests.support.kinds import KINDS, file_name
from tests.support.samples import REAL_CASES, grade_as_in_a_batch, settings


@pytest.mark.sampled(3)
@pytest.mark.parametrize("kind", KINDS)
def test_forms(kind: str, tmp_path: Path) -> None:
    """A file of this kind gets all points, and so does a folder with nothing else in it."""
    path = tmp_path / file_name(kind)
    path.write_bytes(KINDS[kind]())
    graded = grade_as_in_a_batch(path, REAL_CASES, settings())
    assert ({case.name: case.message for case in graded.cases if not case.passed}, graded.total) == ({}, 75)
