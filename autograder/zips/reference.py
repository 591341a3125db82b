"""Read the reference solution's functions as notebook cells: whole, or as stubs with only signature and docstring."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import BuildError
from .cases import told_of

#: Imports from here are dropped from a reference solution, because the values are written into its text.
_ASSIGNMENT = "assignment."


class Solution(NamedTuple):
    """One function of the reference solution."""

    stub: str
    """Signature and docstring, then a statement that raises an error with the question's name."""
    whole: str
    body: str
    """The code after the docstring. It and the helpers are the lines that students must not find in their zip."""
    helpers: str
    """The rest of its file: imports, and definitions that it may use."""

    @property
    def standalone(self) -> str:
        """The function with everything that it needs, for a notebook that has nothing else."""
        return f"{self.helpers}\n\n\n{self.whole}" if self.helpers else self.whole


def read_reference(folder: Path, functions: Mapping[str, str], constants: Mapping[str, Any]) -> dict[str, Solution]:
    """Read the functions that students have to write.

    Args:
        folder: the package of the reference solution.
        functions: their names, each with its question.
        constants: names that are replaced by their values, in code and docstrings.

    Raises:
        BuildError: a file is not valid Python, or a function or its docstring is missing.
    """
    found: dict[str, tuple[Path, str, ast.FunctionDef, str]] = {}
    for path in sorted(folder.glob("*.py")):
        try:
            text = path.read_text(encoding="utf-8")
            body = ast.parse(text).body
        except (SyntaxError, ValueError) as error:
            raise BuildError(f"{path} is not valid Python: {told_of(error)}") from error
        helpers = _helpers(text, body, functions)
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                found[node.name] = path, ast.get_source_segment(text, node) or "", node, helpers
    solutions = {}
    for name, question in functions.items():
        if name not in found:
            raise BuildError(f"{folder}: there is no function {name}, which the test cases of {question} call")
        path, source, node, helpers = found[name]
        if ast.get_docstring(node) is None:
            raise BuildError(f"{path}: {name} has no docstring; the stub in the handout needs one")
        solutions[name] = _solution(source, node, helpers, question, constants)
    return solutions


def _helpers(text: str, body: list[ast.stmt], functions: Mapping[str, str]) -> str:
    """Return the statements of a file except these functions, its docstring, and imports of the assignment."""
    kept = []
    for node in body:
        asked = isinstance(node, ast.FunctionDef) and node.name in functions
        ours = isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith(_ASSIGNMENT))
        if not asked and not ours and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            kept.append("\n".join(text.splitlines()[_first_line(node) - 1 : node.end_lineno]))
    return "\n".join(kept)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _solution(
    source: str, node: ast.FunctionDef, helpers: str, question: str, constants: Mapping[str, Any]
) -> Solution:
    names = re.compile(rf"\b({'|'.join(map(re.escape, constants))})\b")
    lines = source.splitlines()
    first = (node.body[0].end_lineno or 0) - node.lineno + 1
    head, body = "\n".join(lines[:first]), "\n".join(lines[first:])
    stub = f'{head}\n    raise NotImplementedError("{question}")'
    stub, whole, helpers = (names.sub(lambda m: repr(constants[m[0]]), text) for text in (stub, source, helpers))
    return Solution(stub, whole, body, helpers)
