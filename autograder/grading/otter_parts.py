"""The parts of Otter that grading needs, without the rest.

``import otter`` also imports nbconvert, pandas and Jupyter's client, which takes seconds. Grading needs only its test
files and results. So while these are imported, empty modules stand in for the packages above them. The libraries that
Otter uses for notebooks are imported only when they are first used.
"""

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

_PACKAGES = ("otter", "otter.run", "otter.run.run_autograder", "otter.check", "otter.generate")


def _get_ipython() -> Any:
    from IPython.core.getipython import get_ipython

    return get_ipython()


#: What these parts of Otter import but grading does not use, with the names that Otter takes from it on import.
_LATER: dict[str, dict[str, Any]] = {
    "frontmatter": {},
    "IPython.core.getipython": {"get_ipython": _get_ipython},
    "nbformat": {"NotebookNode": dict},
}


class _Later(ModuleType):
    """Stands in for a library until something in it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _in_place(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Within the block, these modules stand in for those that have not been imported yet."""
    made = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(made)
    try:
        yield
    finally:
        for name in made:
            del sys.modules[name]


@contextmanager
def light_otter() -> Iterator[None]:
    """Within the block, replace those of Otter's packages that are not imported yet with empty ones."""
    spec = importlib.util.find_spec("otter")
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent.parent
    packages = {name: ModuleType(name) for name in _PACKAGES}
    for name, module in packages.items():
        module.__path__ = [str(root.joinpath(*name.split(".")))]
    for name, module in {**sys.modules, **packages}.items():  # otherwise dill would not find classes by their names
        package, _, last = name.rpartition(".")
        if package in packages:
            setattr(packages[package], last, module)
    with _in_place(packages):
        yield


def _libraries() -> dict[str, ModuleType]:
    libraries: dict[str, ModuleType] = {name: _Later(name) for name in _LATER}
    for name, module in libraries.items():
        vars(module).update(_LATER[name])
    return libraries


with light_otter(), _in_place(_libraries()):
    from otter.run.run_autograder.autograder_config import AutograderConfig
    from otter.test_files import GradingResults, TestFile
    from otter.test_files.abstract_test import TestCase, TestCaseResult
    from otter.test_files.exception_test import ExceptionTestFile

__all__ = [
    "AutograderConfig",
    "ExceptionTestFile",
    "GradingResults",
    "TestCase",
    "TestCaseResult",
    "TestFile",
    "light_otter",
]
