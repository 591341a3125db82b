"""The reference solution's functions as notebook cells: whole, or as stubs with signature and docstring only."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import BuildError


class Solution(NamedTuple):
    """One function of the reference solution."""

    stub: str
    """Signature and docstring, and an error that names the question."""
    whole: str
    body: str
    """What stands after the docstring: the lines that no student may find in a zip."""


def read_reference(folder: Path, functions: Mapping[str, str], constants: Mapping[str, Any]) -> dict[str, Solution]:
    """Read the functions that students have to write.

    Args:
        folder: the package of the reference solution.
        functions: their names, each with its question.
        constants: names whose values take their place, in code and docstrings.

    Raises:
        BuildError: a file is no Python, or a function or its docstring is missing.
    """
    found: dict[str, tuple[Path, str, ast.FunctionDef]] = {}
    for path in sorted(folder.glob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
            body = ast.parse(text).body
        except (SyntaxError, ValueError) as error:
            raise BuildError(f"{path} is not valid Python: {error}") from error
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                found[node.name] = path, ast.get_source_segment(text, node) or "", node
    solutions = {}
    for name, question in functions.items():
        if name not in found:
            raise BuildError(f"{folder}: there is no function {name}, which the test cases of {question} ask for")
        path, source, node = found[name]
        if ast.get_docstring(node) is None:
            raise BuildError(f"{path}: {name} has no docstring; the stub of the handout needs one")
        solutions[name] = _solution(source, node, question, constants)
    return solutions


def _solution(source: str, node: ast.FunctionDef, question: str, constants: Mapping[str, Any]) -> Solution:
    names = re.compile(rf"\b({'|'.join(map(re.escape, constants))})\b")
    lines = source.splitlines()
    first = (node.body[0].end_lineno or 0) - node.lineno + 1
    head, body = "\n".join(lines[:first]), "\n".join(lines[first:])
    stub = f'{head}\n    raise NotImplementedError("{question}")'
    stub, whole = (names.sub(lambda match: repr(constants[match[0]]), text) for text in (stub, source))
    return Solution(stub, whole, body)
