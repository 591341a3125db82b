"""A stand-in for Otter inside of a submission that is being graded.

The handout imports Otter and runs its public checks. While grading, those checks would only repeat what the grader
does afterwards, and Otter would keep the result of the first one, which may be older than the student's last word.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class Notebook:
    """Takes every call that the real ``otter.Notebook`` takes, and does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Accept any arguments."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return _nothing


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""


@contextmanager
def silent_otter() -> Iterator[None]:
    """Within the block ``import otter`` gives the stand-in."""
    real = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "otter"}
    stub = ModuleType("otter")
    stub.Notebook = Notebook  # type: ignore[attr-defined]
    sys.modules["otter"] = stub
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "otter"]:
            del sys.modules[name]
        sys.modules.update(real)
