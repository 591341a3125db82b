"""``--quick``: no containers, nothing slow, and of the corpus a sample, which is the same each time."""

import random

import pytest

#: Submissions of the corpus in a quick run, and what draws them.
_SAMPLE, _SEED = 24, 20261101


def quick_ones(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of a quick run."""
    left = [item for item in items if not any(map(item.get_closest_marker, ("slow", "docker", "whole_corpus")))]
    entries = sorted({name for item in left if (name := _entry(item))})
    sample = set(random.Random(_SEED).sample(entries, min(_SAMPLE, len(entries))))
    return [item for item in left if (name := _entry(item)) is None or name in sample]


def _entry(item: pytest.Item) -> str | None:
    """The submission of the corpus that a test grades; None where it grades none, or all."""
    entry = getattr(item, "callspec", None) and item.callspec.params.get("entry")  # type: ignore[attr-defined]
    return str(entry.path) if entry and "matrix" in getattr(item, "fixturenames", ()) else None
