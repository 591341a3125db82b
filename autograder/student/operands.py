"""Finding the arrays that met in the line of an error, so that a message can name them with their shapes.

Only names, attributes and entries are looked up. No student code is called.
"""

import ast
import inspect
import linecache
from itertools import islice
from types import FrameType, TracebackType
from typing import Any

import numpy as np

#: The longest source of an operand that is shown, and the most operands.
_LONGEST_SOURCE, _MOST_OPERANDS = 60, 4

#: Stands for a value that only a computation could give.
_UNKNOWN = object()


def operands(step: TracebackType) -> tuple[list[tuple[str, list[int]]], str]:
    """Return the operands of the operation or the call that failed, as far as they are known without computing.

    Args:
        step: the innermost line of the student's own code on the way to the error.

    Returns:
        The source and the shape of those that are arrays or numbers, and the source of one that is None, if any is.
    """
    node = _failed(step)
    shapes: list[tuple[str, list[int]]] = []
    nothing = ""
    for operand in [] if node is None else _operands_of(node):
        source, value = ast.unparse(operand), _value(operand, step.tb_frame)
        if len(source) > _LONGEST_SOURCE:
            continue
        if value is None:
            nothing = nothing or source
        elif type(value) in {int, float} or isinstance(value, np.generic):
            shapes.append((source, []))
        elif isinstance(value, np.ndarray) and np.asarray(value).ndim <= 8:
            shapes.append((source, [int(size) for size in np.asarray(value).shape]))
    return shapes[:_MOST_OPERANDS], nothing


def _failed(step: TracebackType) -> ast.expr | ast.AugAssign | None:
    """The expression that was computed when the error was raised."""
    code = step.tb_frame.f_code
    line, end_line, column, end_column = next(islice(code.co_positions(), step.tb_lasti // 2, None))
    tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    for node in ast.walk(tree):
        if isinstance(node, (ast.BinOp, ast.Call, ast.Subscript, ast.Attribute, ast.AugAssign)) and (
            (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset) == (line, end_line, column, end_column)
        ):
            return node
    return None


def _operands_of(node: ast.expr | ast.AugAssign) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return [node.target, node.value]
    if isinstance(node, ast.Call):
        listed = [
            argument.elts if isinstance(argument, (ast.List, ast.Tuple)) else [argument] for argument in node.args
        ]
        return [operand for operands in listed for operand in operands]
    return [node.value] if isinstance(node, (ast.Subscript, ast.Attribute)) else []


def _value(node: ast.expr, frame: FrameType) -> Any:
    """The value of a name, or of an attribute or an entry of one; ``_UNKNOWN`` for anything else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id, _UNKNOWN))
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, frame)
        if isinstance(owner, np.ndarray):
            return np.asarray(owner).T if node.attr == "T" else _UNKNOWN
        found = inspect.getattr_static(owner, node.attr, _UNKNOWN)
        return _UNKNOWN if owner is _UNKNOWN or hasattr(type(found), "__get__") else found
    if isinstance(node, ast.Subscript):
        owner, index = _value(node.value, frame), _index(node.slice, frame)
        return owner[index] if type(owner) in {np.ndarray, list, tuple} and index is not None else _UNKNOWN
    return _UNKNOWN


def _index(node: ast.expr, frame: FrameType) -> Any:
    """The value of an index such as ``0``, ``t``, ``t - 1``, ``:`` or ``t, :``; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if type(node.value) is int else None
    if isinstance(node, ast.Name):
        value = _value(node, frame)
        return value if type(value) is int else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _index(node.operand, frame)
        return -value if type(value) is int else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        left, right = _index(node.left, frame), _index(node.right, frame)
        if type(left) is not int or type(right) is not int:
            return None
        return left + right if isinstance(node.op, ast.Add) else left - right
    if isinstance(node, ast.Slice):
        parts = [None if part is None else _index(part, frame) for part in (node.lower, node.upper, node.step)]
        asked = (node.lower, node.upper, node.step)
        known = all(part is None or value is not None for part, value in zip(asked, parts, strict=True))
        return slice(*parts) if known else None
    if isinstance(node, ast.Tuple):
        entries = [_index(entry, frame) for entry in node.elts]
        return None if None in entries else tuple(entries)
    return None
