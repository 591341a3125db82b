"""Which names a script has at its top level."""

import ast

import pytest

from autograder.grading import parsing
from autograder.grading.bindings import Bindings

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
def test_bindings(name: str, imported: bool, expected: set[str]) -> None:
    """What a script imports from scripts beside it counts, even where they import each other."""
    bindings = Bindings(SOURCES)
    assert (bindings.every(name) if imported else bindings.own(name)) - {"*"} == expected


def test_each_script_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each import of everything, of which a script may have hundreds; and not all of many long ones."""
    read = list[str]()
    monkeypatch.setattr(parsing.ast, "parse", lambda text: read.append(text) or ast.Module([], []))
    bindings = Bindings({"a.py": b"from a import *\n" * 400, "b.py": b"from a import *"})
    assert bindings.every("a.py") | bindings.every("b.py") | bindings.own("a.py") == set()
    assert len(read) == 2
    many = Bindings({f"{number}.py": b"def init(): pass\n" + b"0;" * 100_000 for number in range(20)})
    assert [len(many.own(f"{number}.py")) for number in range(20)] == [0] * 7 + [1] * 13
    assert len(read) == 2 + 7


def test_everything_is_imported_three_times_in_a_row() -> None:
    """Longer chains are not followed."""
    sources = {f"{number}.py": f"from {number + 1} import *\nx{number} = 1".encode() for number in range(9)}
    assert Bindings({f"m{name}": text.replace(b"from ", b"from m") for name, text in sources.items()}).every(
        "m0.py"
    ) == {"x0", "x1", "x2", "x3", "*"}
