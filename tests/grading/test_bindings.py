"""Which names a script has at its top level."""

import pytest

from autograder.grading.bindings import bound_names

SOURCES = {
    "main.py": b"from parts import *\nfrom draw.it import paint as graph\nx = 1",
    "parts.py": b"from main import *\ndef init(): pass\nclass forward: pass",
    "broken.py": b"def init(:\n\ndef forward(): pass",
    "latin.py": b"# \xff\ndef init(): pass",
}


@pytest.mark.parametrize(
    ("name", "imported", "expected"),
    [
        ("main.py", True, {"init", "forward", "graph", "x"}),
        ("main.py", False, {"x"}),
        ("parts.py", False, {"init", "forward"}),
        ("broken.py", True, {"init", "forward"}),
        ("latin.py", True, set()),
    ],
)
def test_bound_names(name: str, imported: bool, expected: set[str]) -> None:
    """What a script imports from scripts beside it counts, even where they import each other."""
    assert bound_names(SOURCES, name, imported) - {"*"} == expected
