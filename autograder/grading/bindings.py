"""What names a script has at its top level, without running it."""

import ast
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from ..errors import SubmissionError
from .parsing import parsed
from .scripts import python_text

_DEFINITION = re.compile(r"^def (\w+)\b", re.MULTILINE)


def bound_names(sources: Mapping[str, bytes], name: str, imported: bool = True, depth: int = 3) -> set[str]:
    """Return the names that a script binds at its top level; none if it is not text.

    Args:
        sources: the scripts, by their paths.
        name: the path of the script.
        imported: whether the names that it imports count.
        depth: how many scripts in a row may import everything from the next.
    """
    try:
        source = python_text("", sources[name])
    except SubmissionError:
        return set()
    if (tree := parsed(source)) is None:
        return set(_DEFINITION.findall(source))
    bound: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.Assign):
            bound |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and imported:
            names = {alias.asname or alias.name for alias in node.names}
            beside = PurePosixPath(name).parent / f"{(node.module or '').replace('.', '/')}.py"
            if "*" in names and depth and str(beside) in sources:
                names = bound_names(sources, str(beside), depth=depth - 1)
            bound |= names
    return bound
