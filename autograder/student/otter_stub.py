"""A stand-in for Otter inside a submission that is being graded.

The handout imports Otter and runs its public checks. During grading, those checks would only repeat what the grader
does later. Otter would also keep the result of the first check, even if a later cell corrects the answer.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType
from typing import Any


class Silent:
    """Accepts every call, has every attribute, and does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Accept any arguments."""

    def __call__(self, *_: Any, **__: Any) -> None:
        """Do nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


class Notebook(Silent):
    """Accepts every call that the real ``otter.Notebook`` accepts."""


def _nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""


class _StandIn(ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent if name[:1].isupper() else _nothing


class _Finder(MetaPathFinder, Loader):
    """Finds every module below ``otter``."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.split(".")[0] == "otter" else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = _StandIn(spec.name)
        module.Notebook = Notebook  # type: ignore[attr-defined]
        module.__version__ = _version()  # type: ignore[attr-defined]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing to run."""


def _version() -> str:
    try:
        return version("otter-grader")
    except PackageNotFoundError:
        return "7.0.0"


def silence_otter() -> None:
    """From now on, ``import otter`` returns the stand-in."""
    for name in [name for name in sys.modules if name.split(".")[0] == "otter"]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder())
    import otter  # noqa: F401  # loaded now, before the process is confined
