"""Find the hints in a message by their words."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache

import assignment.hints
from assignment.hints.hint import Hint

#: Stands in a header where no hint should be given.
NONE = "none"


@cache
def all_hints() -> frozenset[Hint]:
    """Every hint that stands at the top level of a module of ``assignment/hints``, alone or in a table."""
    found: set[Hint] = set()
    for module in pkgutil.iter_modules(assignment.hints.__path__):
        for name, value in vars(importlib.import_module(f"assignment.hints.{module.name}")).items():
            found.update(() if name.startswith("__") else _hints_in(value))
    return frozenset(found)


def _hints_in(value: object) -> Iterator[Hint]:
    if isinstance(value, Hint):
        yield value
    elif isinstance(value, (list, tuple, dict)):
        for inner in (*value.values(), *value) if isinstance(value, dict) else value:
            yield from _hints_in(inner)
    elif isinstance(getattr(value, "hint", None), Hint):
        yield value.hint  # type: ignore[attr-defined]


@cache
def _patterns() -> dict[re.Pattern[str], str]:
    """A pattern for the words of each hint, with its key."""
    pieces = {hint: re.split(r"\{\w+\}", hint.words) for hint in all_hints()}
    return {re.compile(".{1,60}?".join(map(re.escape, piece))): hint.key for hint, piece in pieces.items()}


def keys_in(message: str) -> set[str]:
    """The keys of the hints whose words are in a message."""
    return {key for pattern, key in _patterns().items() if pattern.search(message)}
