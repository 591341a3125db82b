"""``--quick``: no containers, nothing slow, and a sample of the corpus and of other long lists, the same each time."""

import random
from collections import defaultdict

import pytest

#: Submissions of the corpus in a quick run, and the seed that chooses them.
_SAMPLE, _SEED = 10, 20261101


def quick_ones(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of a quick run."""
    left = [item for item in items if not any(map(item.get_closest_marker, ("slow", "docker", "whole_corpus")))]
    chance = random.Random(_SEED)
    entries = sorted({name for item in left if (name := _entry(item))})
    sample = set(chance.sample(entries, min(_SAMPLE, len(entries))))
    lists: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in left:
        if marker := item.get_closest_marker("sampled"):
            whole = item.nodeid.partition("::" if marker.kwargs.get("by") == "file" else "[")[0]
            lists[whole].append(item)
    dropped: set[pytest.Item] = set()
    for name in sorted(lists):
        count = lists[name][0].get_closest_marker("sampled").args[0]  # type: ignore[union-attr]
        dropped.update(chance.sample(lists[name], max(len(lists[name]) - count, 0)))
    return [item for item in left if item not in dropped and ((name := _entry(item)) is None or name in sample)]


def _entry(item: pytest.Item) -> str | None:
    """The submission of the corpus that a test grades; None where it grades none, or all."""
    entry = getattr(item, "callspec", None) and item.callspec.params.get("entry")  # type: ignore[attr-defined]
    return str(entry.path) if entry and "matrix" in getattr(item, "fixturenames", ()) else None
