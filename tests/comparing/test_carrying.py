"""Marks that were changed by hand go from the old folder to the new one."""

from pathlib import Path

import pytest

from autograder.comparing.carrying import kept_overrides


@pytest.mark.parametrize(
    ("old", "new", "left", "told"),
    [
        ("a", None, "a", False),
        ("a", "a", "a", False),
        ("a", "b", "b", True),
        (None, "b", "b", False),
        (None, None, None, False),
    ],
    ids=["copied", "the same", "another", "only in the new folder", "none"],
)
def test_overrides(old: str | None, new: str | None, left: str | None, told: bool, tmp_path: Path) -> None:
    """A file of the new folder stays, and a difference is reported only if both folders have one."""
    paths = [tmp_path / name / "overrides.csv" for name in ("old", "new")]
    for path, content in zip(paths, (old, new), strict=True):
        path.parent.mkdir()
        if content is not None:
            path.write_text(content, encoding="utf-8")
    remark = kept_overrides(*(path.parent for path in paths), "overrides.csv")
    assert bool(remark) is told
    assert (paths[1].read_text(encoding="utf-8") if paths[1].exists() else None) == left
