"""What names a script has at its top level, without running it."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..errors import SubmissionError
from .parsing import Parser
from .scripts import python_text

_DEFINITION = re.compile(r"^def (\w+)\b", re.MULTILINE)
#: How many scripts in a row may import everything from the next.
_DEPTH = 3


@dataclass
class _Names:
    own: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    """The paths of scripts from which it imports everything."""


class Bindings:
    """The names that scripts bind at their top level. Each script is read once."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        """Remember the scripts, by their paths."""
        self._sources = sources
        self._parser = Parser()
        self._known: dict[str, _Names] = {}

    def own(self, name: str) -> set[str]:
        """The names that a script defines itself; none if it is not text."""
        return self._names(name).own

    def every(self, name: str) -> set[str]:
        """The names that a script defines or imports; those of a script beside it count, too."""
        seen = last = {name}
        for _ in range(_DEPTH):
            last = {beside for one in last for beside in self._names(one).beside if beside in self._sources} - seen
            seen = seen | last
        return {found for one in seen for found in self._names(one).own | self._names(one).imported}

    def _names(self, name: str) -> _Names:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> _Names:
        names = _Names()
        try:
            source = python_text("", self._sources[name])
        except SubmissionError:
            return names
        if (tree := self._parser.parsed(source)) is None:
            names.own |= set(_DEFINITION.findall(source))
            return names
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.own.add(node.name)
            elif isinstance(node, ast.Assign):
                names.own |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.ImportFrom):
                names.imported |= {alias.asname or alias.name for alias in node.names}
                if any(alias.name == "*" for alias in node.names):
                    module = (node.module or "").replace(".", "/")
                    names.beside.add(str(PurePosixPath(name).parent / f"{module}.py"))
        return names
