"""The parts of Otter that grading needs, without the rest.

``import otter`` also imports nbconvert, pandas and Jupyter's client, which takes seconds. Grading needs only its test
files and results. So while these are imported, empty modules stand in for the packages above them.
"""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

_PACKAGES = ("otter", "otter.run", "otter.run.run_autograder", "otter.check")


@contextmanager
def light_otter() -> Iterator[None]:
    """Within the block, replace those of Otter's packages that are not imported yet by empty ones."""
    spec = importlib.util.find_spec("otter")
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent.parent
    made = [name for name in _PACKAGES if name not in sys.modules]
    for name in made:
        module = ModuleType(name)
        module.__path__ = [str(root.joinpath(*name.split(".")))]
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in made:
            del sys.modules[name]


with light_otter():
    from otter.nbmeta_config import NBMetadataConfig
    from otter.run.run_autograder.autograder_config import AutograderConfig
    from otter.test_files import GradingResults, TestFile, create_test_file
    from otter.test_files.abstract_test import TestCaseResult

__all__ = [
    "AutograderConfig",
    "GradingResults",
    "NBMetadataConfig",
    "TestCaseResult",
    "TestFile",
    "create_test_file",
    "light_otter",
]
