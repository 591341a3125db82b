"""The reference solution's functions as notebook cells: whole, or as stubs with signature and docstring only."""

import ast
import re
from pathlib import Path

from ..errors import BuildError
from ..settings import Settings
from .bundle import constants

FUNCTIONS = ("init", "forward", "graph")
_FILES = {"init": "network.py", "forward": "network.py", "graph": "unfolded.py"}


def solutions(folder: Path, settings: Settings) -> dict[str, str]:
    """Return the source of init, forward and graph, with the settings' values in code and docstrings.

    Args:
        folder: the package ``reference_solution``.
        settings: their values take the place of WEIGHT_RANGE and STEPS.

    Raises:
        BuildError: a function is missing.
    """
    return {name: _with_values(_source(folder, name)[0], settings) for name in FUNCTIONS}


def stubs(folder: Path, settings: Settings) -> dict[str, str]:
    """Return init, forward and graph with the reference's signatures and docstrings, and without their bodies."""
    result = {}
    for name in FUNCTIONS:
        source, node = _source(folder, name)
        if ast.get_docstring(node) is None:
            raise BuildError(f"{folder / _FILES[name]}: {name} has no docstring; the stub of the handout needs one")
        last = (node.body[0].end_lineno or 0) - node.lineno + 1
        head = "\n".join(source.splitlines()[:last])
        result[name] = _with_values(f'{head}\n    raise NotImplementedError("exercise {_exercise(name)}")', settings)
    return result


def bodies(folder: Path) -> dict[str, str]:
    """Return what stands after the docstrings: the lines that no student may find in a zip."""
    result = {}
    for name in FUNCTIONS:
        source, node = _source(folder, name)
        first = (node.body[0].end_lineno or 0) - node.lineno + 1
        result[name] = "\n".join(source.splitlines()[first:])
    return result


def _exercise(name: str) -> int:
    return 3 + FUNCTIONS.index(name)


def _source(folder: Path, name: str) -> tuple[str, ast.FunctionDef]:
    path = folder / _FILES[name]
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BuildError(f"cannot read the reference solution {path}: {error.strerror}") from error
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"{path} is not valid Python: {error}") from error
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_source_segment(text, node) or "", node
    raise BuildError(f"{path}: there is no function {name}")


def _with_values(source: str, settings: Settings) -> str:
    values = constants(settings)
    return re.sub(r"\b(WEIGHT_RANGE|STEPS)\b", lambda match: repr(values[match[0]]), source)


def with_constants(folder: Path, settings: Settings) -> dict[str, str]:
    """Return the files of the package with ``constants.py`` holding plain values, for autograder.zip."""
    values = constants(settings)
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    lines = ['"""The two numbers of the assignment that an instructor may change."""', ""]
    lines += [f"{name} = {values[name]!r}" for name in ("WEIGHT_RANGE", "STEPS")]
    files["constants.py"] = "\n".join(lines) + "\n"
    return files
