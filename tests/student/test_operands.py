"""The arrays that met in the line of an error: found with their shapes, without computing anything."""

from pathlib import Path

import pytest

from autograder.student.operands import operands

BEFORE = """
import numpy as np
a, b, t = np.ones((2, 3)), np.ones(4), 1
rows = [np.ones(3), np.ones(2), np.ones(5)]
nothing = None
a_matrix_with_a_name_that_is_much_longer_than_any_message_has_room_for = a
"""

A, B = ("a", [2, 3]), ("b", [4])

#: By statement: what is told of its operands. Each of these statements fails.
STATEMENTS = {
    "a @ b": [A, B],
    "a += b": [A, B],
    "np.concatenate([a, b])": [A, B],
    "a.T @ b": [("a.T", [3, 2]), B],
    "a.real @ b": [B],
    "rows[0] @ b": [("rows[0]", [3]), B],
    "rows[t] @ b": [("rows[t]", [2]), B],
    "rows[-1] @ b": [("rows[-1]", [5]), B],
    "rows[-t] @ b": [("rows[-t]", [5]), B],
    "rows[t - 1] @ b": [("rows[t - 1]", [3]), B],
    "rows[t + 1] @ b": [("rows[t + 1]", [5]), B],
    "rows[len(rows) - 1] @ b": [B],
    "rows[t * 1] @ b": [B],
    "a[:, t] @ b": [("a[:, t]", [2]), B],
    "a[:-t] @ b": [("a[:-t]", [1, 3]), B],
    "a[[0, 1]] @ b": [B],
    "a[:, [0]] @ b": [B],
    "a_matrix_with_a_name_that_is_much_longer_than_any_message_has_room_for @ b": [B],
}


def told(statement: str, folder: Path) -> tuple[list[tuple[str, list[int]]], str]:
    """What is told of the operands of a statement that fails."""
    path = folder / "cell.py"
    path.write_text(f"{BEFORE}{statement}\n", encoding="utf-8")
    with pytest.raises((ValueError, TypeError)) as raised:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {})
    step = next(entry for entry in raised.traceback if str(entry.path) == str(path))
    return operands(step._rawentry)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_operands_with_their_shapes(statement: str, tmp_path: Path) -> None:
    """Names, transposed matrices and entries are told with their shapes; what only a computation could give is not."""
    assert told(statement, tmp_path) == (STATEMENTS[statement], "")


def test_an_operand_that_is_none(tmp_path: Path) -> None:
    """It is told by its source."""
    assert told("a @ nothing", tmp_path) == ([A], "nothing")
