"""Errors in student code: the cell as the notebook numbers it, the line, and one sentence on what it means."""

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from autograder.grading.results import Graded
from tests.support.samples import REAL_CASES, grade_as_in_a_batch, notebook, settings

pytestmark = pytest.mark.sampled(5, by="file")

IMPORTS = "import numpy as np\nimport networkx as nx"
INIT = "def init(model, D, I, K):\n    model.W = np.zeros((I, D))"
FORWARD = """def forward(model, x, y):
    a = np.zeros(len(model.R))
    rows = [[0]]
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
    model.z = model.V @ a
    return 0"""

#: Part of the line in FORWARD, what a student wrote instead, and what the message says.
MISTAKES = {
    "product": ("x[t]", "x", "model.W has shape (2, 4), that is (I, D); x has shape (3, 4), that is (T, D)."),
    "size 1 has no letter": ("model.V @ a", "a @ model.V", "model.V has shape (1, 2), that is (1, I)."),
    "size from elsewhere": ("zeros(len(model.R))", "zeros(9)", "No argument has the size 9 here: T = 3, I = 2,"),
    "index": ("range(len(x))", "range(9)", "x has shape (3, 4), that is (T, D). With n entries along an axis"),
    "attribute": ("model.V @ a", "model.b", "The Model has no attribute b; it has W, R, V. Use only W, R, V and what"),
    "attribute in capitals": ("model.W", "model.w", "The Model has no attribute w; it has W, R, V. Did you mean W?"),
    "attribute of a module": ("np.tanh", "np.tahn", "The module numpy has nothing called tahn"),
    "attribute of a list": ("rows = [[0]]", "[].add(1)", "A value on this line is of type list"),
    "a library's name": ("x, y)", "x, y, np=1)", "np is of type int here: is the name np used for something else"),
    "None": ("model.V @ a", "model.V @ rows.append(1)", "One side of the product is a single number, or None"),
    "None by name": ("rows = [[0]]", "rows = None; rows.T", "rows is None. A function without return"),
    "name": ("np.tanh", "mp.tanh", "No cell defines mp."),
    "similar name": ("np.zeros", "npp.zeros", "Did you mean np?"),
    "import": ("np.tanh", "plt.tanh", "plt is not imported: write import matplotlib.pyplot as plt in the first cell."),
    "local": ("rows = [[0]]", "t = t + 1", "The function assigns this name somewhere"),
    "signature": ("(model, x, y)", "(model, x)", "It is called with positional arguments, in the order"),
    "call inside": ("rows = [[0]]", "init(1)", "A function on this line is called with different arguments"),
    "truth": ("rows = [[0]]", "rows = 1 if x else 2", "needs a single True or False"),
    "key": ("rows = [[0]]", "{}['a']", "A dictionary, or another container, has no such key"),
    "division": ("rows = [[0]]", "1 / 0", "A number is divided by zero."),
    "module": ("rows = [[0]]", "import torch", "There is no module torch during grading"),
    "misspelt module": ("rows = [[0]]", "import nunpy", "Did you mean numpy?"),
    "stub": ("rows = [[0]]", "raise NotImplementedError", "It still contains the stub from the handout."),
    "text": ("rows = [[0]]", "1 + 'a'", "A string and a number are combined."),
}  # fmt: skip


def numbered(*cells: str, counts: Mapping[int, int | None] | None = None) -> bytes:
    """A notebook whose cells were run as In [2], In [4], In [6] ..., but for those in ``counts``."""
    content = json.loads(notebook(*cells))
    for position, cell in enumerate(content["cells"]):
        cell["execution_count"] = (counts or {}).get(position, 2 * position + 2)
    return json.dumps(content).encode()


def graded(folder: Path, *cells: str, counts: Mapping[int, int | None] | None = None) -> Graded:
    path = folder / "hw.ipynb"
    path.write_bytes(numbered(*cells, counts=counts))
    return grade_as_in_a_batch(path, REAL_CASES, settings())


def message(results: Graded, name: str) -> str:
    """The message of a case."""
    return next(case.message for case in results.cases if case.name == name)


@cache
def _seen(folder: Path, mistake: str) -> Graded:
    old, new, _ = MISTAKES[mistake]
    assert old in FORWARD
    return graded(folder, IMPORTS, INIT, FORWARD.replace(old, new, 1))


@pytest.mark.parametrize("mistake", MISTAKES)
def test_common_errors(mistake: str, tmp_path: Path) -> None:
    """A public case shows the line and says what the error means; a hidden one only points there."""
    results = _seen(tmp_path, mistake)
    public, hidden = message(results, "q4 example"), message(results, "q4 logit")
    assert MISTAKES[mistake][2] in public
    line = next((line for line in FORWARD.split("\n") if MISTAKES[mistake][0] in line), "")
    shown = line.strip().replace(*MISTAKES[mistake][:2], 1).split(";")[-1].strip()
    assert shown in public or mistake in {"signature", "size from elsewhere", "index"}
    assert mistake in {"signature", "a library's name"} or "    In [6] (def forward(model, x, y):), line " in public
    assert ", as in the test case 'q4 example'" in hidden
    assert "shape" not in hidden


def test_a_hint_on_the_model_is_for_the_model(tmp_path: Path) -> None:
    """What exercise 3 stores is no hint about an attribute of anything else."""
    assert "your own init" in message(_seen(tmp_path, "attribute"), "q4 example")
    assert "your own init" not in message(_seen(tmp_path, "attribute of a module"), "q4 example")


def test_a_place_that_only_hidden_inputs_reach_is_not_told(tmp_path: Path) -> None:
    """If the same function fails in another line for hidden inputs, the line and the text stay hidden."""
    body = FORWARD.replace(
        "rows = [[0]]", "if len(x) == 300:\n        raise ValueError('secret')\n    raise ValueError('x')"
    )
    results = graded(tmp_path, IMPORTS, INIT, body)
    found = message(results, "q4 activations")
    assert found.startswith("forward raised ValueError, as in the test case 'q4 example': read")  # the first call
    only = FORWARD.replace("rows = [[0]]", "if len(x) == 2000:\n        raise ValueError('secret')")
    found = message(graded(tmp_path, IMPORTS, INIT, only), "q4 long sequences")
    assert found.startswith("forward raised ValueError. No public test case reports this error.")
    assert "secret" not in found


def test_a_missing_name_is_linked_to_the_cell_that_failed(tmp_path: Path) -> None:
    """A name that a failed statement would have defined, and a function of such a cell, name the cell and its error."""
    results = graded(tmp_path, "import nunpy as np\nimport networkx as nx", INIT, "def forward(model, x, y:\n    pass")
    because = "In [2] (import nunpy as np), which defines it, failed on line 1: ModuleNotFoundError"
    assert f"np is missing because {because}" in message(results, "q3 shapes")
    told = message(results, "q4 example")
    assert told.startswith(
        "There is no function forward: In [6] (def forward(model, x, y:), which defines it, failed on"
    )
    lines = results.note.split("\n")
    at = lines.index("        def forward(model, x, y:")
    assert lines[at - 1].startswith("In [6] (def forward(model, x, y:), line 1: SyntaxError: '(' was never closed")
    assert lines[at + 1] == " " * (8 + len("def forward")) + "^"


def test_a_cell_that_comes_later_or_is_not_run(tmp_path: Path) -> None:
    """Cells in another order, and cells after exit(), are the reason that is told."""
    results = graded(tmp_path, "print(np.pi)", IMPORTS, "exit()", INIT)
    assert "np is missing because In [4] (import numpy as np), which defines it, comes after this cell." in results.note
    assert "was not run: exit() ended the run before it." in message(results, "q3 shapes")
    assert "In [6] ended the run with exit()" in results.note
    assert "ran as usual" not in results.note


def test_a_block_that_is_not_written(tmp_path: Path) -> None:
    """A loop without a line below it is explained; the cells after it run as usual."""
    note = graded(tmp_path, IMPORTS, "for step in range(3):\n", INIT).note
    assert "IndentationError: expected an indented block after 'for' statement on line 1." in note
    assert "A line that ends in a colon needs an indented line after it." in note
    assert "ran as usual" in note


def test_a_misspelt_function(tmp_path: Path) -> None:
    """A function with a similar name is offered, and another one is not."""
    results = graded(tmp_path, IMPORTS, INIT.replace("init", "inti"), "def Forward(): pass", "def other(): pass")
    assert (
        message(results, "q3 shapes")
        == "There is no function init, but there is a function inti: should it be called init?"
    )
    assert "there is a function Forward: should it be called forward?" in message(results, "q4 example")
    assert "Check its spelling" in message(results, "q5 directed graph")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%%writefile own.py\n" + INIT, "contains it, but the cell begins with %%: is it run"),
        (f'text = """\n{INIT}\n"""', "is it part of a string, or deleted in another cell?"),
        (f"{INIT}\ndel init", "is it part of a string, or deleted in another cell?"),
        ("class Network:\n    def init(self):\n        pass", "In [4] (class Network:) defines it inside a class,"),
    ],
)
def test_a_function_that_is_written_but_does_not_exist(cell: str, told: str, tmp_path: Path) -> None:
    """A student who sees the function in the notebook reads why it does not exist."""
    found = message(graded(tmp_path, IMPORTS, cell), "q3 shapes")
    assert found.startswith("There is no function init: ")
    assert told in found


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_function_in_a_cell_that_is_no_code(kind: str, tmp_path: Path) -> None:
    """One key in Jupyter turns a cell of code into text."""
    content = json.loads(notebook(IMPORTS, INIT))
    content["cells"][1]["cell_type"] = kind
    path = tmp_path / "hw.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    found = message(grade_as_in_a_batch(path, REAL_CASES, settings()), "q3 shapes")
    assert found == (
        "There is no function init: it is in a Markdown or Raw cell, and only Code cells are run: change the type of "
        "the cell to Code."
    )


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 accepts such a string")
@pytest.mark.parametrize("text", ['f"{dict(x=1)["x"]}"', r"f'{\"\n\".join([])}'"])
def test_an_f_string_for_a_newer_python(text: str, tmp_path: Path) -> None:
    """Somebody with Python 3.12 cannot see what is wrong, so the version is named."""
    note = graded(tmp_path, IMPORTS, f"print({text})", INIT).note
    assert "Work is graded with Python 3.11. There, the braces of an f-string must not contain a backslash" in note


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 reads these statements")
@pytest.mark.parametrize("text", ["def first[T](items: list[T]) -> T:\n    return items[0]", "type Row = list[float]"])
def test_a_statement_for_a_newer_python(text: str, tmp_path: Path) -> None:
    """What came with Python 3.12 is named, as only somebody with an older version sees that it cannot be read."""
    note = graded(tmp_path, IMPORTS, text, INIT).note
    assert "Work is graded with Python 3.11, which cannot read this: type parameters in square brackets" in note


def test_numbers_of_cells_that_are_not_certain(tmp_path: Path) -> None:
    """A cell whose number is missing, absurd or not the only one of that number is named by its place."""
    cells = [f"raise ValueError({number})" for number in range(5)]
    note = graded(tmp_path, *cells, counts={0: None, 1: 7, 2: 7, 3: -1}).note
    assert [word in note for word in ("Cell 1 (", "Cell 2 (", "Cell 3 (", "Cell 4 (", "In [10] (")] == [True] * 5


def test_lines_of_a_script_are_counted_from_its_top(tmp_path: Path) -> None:
    """A script has no cells to number, whether or not it has markers."""
    for marker in ("", "# %%\n"):
        path = tmp_path / "hw.py"
        path.write_text(f"\n{marker}".join([f"{IMPORTS}\n", f"{INIT}\n", "\n1 / 0\n"]), encoding="utf-8")
        line = path.read_text(encoding="utf-8").split("\n").index("1 / 0") + 1
        note = grade_as_in_a_batch(path, REAL_CASES, settings()).note
        assert f"hw.py, line {line}: ZeroDivisionError" in note


def test_the_last_lines_in_student_code_only(tmp_path: Path) -> None:
    """At most three lines of the traceback are shown, none of a library, and a recursion once."""
    steps = "def one(n): return np.linalg.inv(np.zeros((2, 2))) if n == 0 else one(n - 1)\ndef two(): return one(20)"
    body = "def three(): return two()\ndef forward(model, x, y):\n    return three()"
    told = message(graded(tmp_path, IMPORTS, INIT, steps, body), "q4 example")
    assert told.count(", line ") <= 3
    assert "In [6] (def one(n): return np.linalg.inv(np.zeros((2, 2))) if n =...), line 1, in one" in told
    assert "linalg.py" not in told
    assert "site-packages" not in told
