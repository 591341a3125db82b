"""Make a test file self-contained, with or without its hidden cases.

In the repository a test file imports checks from ``assignment.checks`` and compares with ``reference_solution``.
A student's notebook and the kernel of ``otter run`` have neither. So every definition that a test file needs is copied
into it, and nothing else. Settings become plain numbers. In a student's copy, hints are packed, and its last lines say
how results are shown; see ``packing``.

A function may import one of our modules when it runs. The test file then imports the libraries that only such modules
use in a function of its own: a grader calls functions in another process, and matplotlib takes longer to load than
grading.
"""

import ast
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from ..errors import BuildError
from .cases import is_hidden_case
from .modules import OWN_PACKAGES, Library, Module, Statement, read_module
from .packing import IMPORTS, SHOW_IN_WORDS, packed

_CONSTANTS, _HINTS = "assignment.settings", "assignment.hints"

#: Stands in a test file where a function imports a module of ours when it runs.
_LOAD = "_load_libraries"
_LOADER = '''\
def {name}() -> None:
    """Import what only calls of functions in this process need."""
    global {names}
{imports}'''


def bundle(path: Path, library: Library, constants: Mapping[str, object], public_only: bool) -> str:
    """Return the source of a test file that imports none of our modules.

    Args:
        path: the test file.
        library: our modules.
        constants: the names in ``assignment.settings``; their values are written into the file.
        public_only: leave out the hidden cases, and everything that only they use.

    Raises:
        BuildError: two modules define the same name, or a module is missing.
    """
    return _Bundler(path, library, constants, public_only).run()


def _loader(later: Mapping[str, str]) -> str:
    """The function that imports what is not imported at the top."""
    if not later:
        return f"def {_LOAD}() -> None:\n    pass"
    imports = "\n".join(f"    {line}" for line in sorted(later.values()))
    return _LOADER.format(name=_LOAD, names=", ".join(sorted(later)), imports=imports)


class _Bundler:
    def __init__(self, path: Path, library: Library, values: Mapping[str, object], public_only: bool) -> None:
        self.path, self.library, self.values, self.packs = path, library, values, public_only
        self.modules: dict[str, Module] = {}
        self.wanted: dict[str, set[int]] = {}
        self.at_once: set[tuple[str, int]] = set()
        self.external: set[str] = set()
        self.later: dict[str, str] = {}
        self.used_values: set[str] = set()
        self.owner: dict[str, str] = {}
        self.renamed: dict[tuple[str, str], str] = {}
        self.main = read_module(str(path), path.read_text(encoding="utf-8") + (SHOW_IN_WORDS if public_only else ""))
        self.kept = [
            index
            for index, statement in enumerate(self.main.body)
            if not isinstance(statement.node, (ast.Import, ast.ImportFrom))
            and not (public_only and is_hidden_case(statement.node))
        ]
        if public_only:
            self.kept = self._used_by_cases()
        self.owner |= {name: self.path.name for i in self.kept for name in self.main.body[i].defined}
        self.sources: dict[str, tuple[str, str]] = {}

    def _used_by_cases(self) -> list[int]:
        """Return the kept statements without definitions that only hidden cases used, directly or indirectly."""
        hidden: set[str] = set()
        for statement in self.main.body:
            if is_hidden_case(statement.node):
                hidden |= statement.read
        kept = list(self.kept)
        while True:
            for index in kept:
                others = set().union(*(self.main.body[i].read for i in kept if i != index))
                defined = set(self.main.body[index].defined)
                if defined and defined <= hidden and not defined & others:
                    hidden |= self.main.body[index].read
                    kept.remove(index)
                    break
            else:
                return kept

    def run(self) -> str:
        for index in self.kept:
            self._need_names_of(self.main, self.main.body[index])
        head, *rest = [self.main.body[index].text for index in self.kept]
        settings = [f"{name} = {self.values[name]!r}" for name in sorted(self.used_values)]
        later = {name: line for name, line in self.later.items() if line not in self.external}
        future = ["from __future__ import annotations\n"] if later else []
        code = self._code()
        imports = {*self.external, *(IMPORTS if any(is_packed for is_packed, _ in code) else ())}
        parts = [head, "\n".join([*future, *sorted(imports)])]
        parts += [_loader(later)] if self.later else []
        parts += ["# Settings of the assignment.\n" + "\n".join(settings)] if settings else []
        parts += [packed(text) if is_packed else text for is_packed, text in code]
        parts += [f"# ---- {self.path.name}: the test cases ----", *rest]
        result = "\n\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"
        compile(result, self.path.name, "exec")
        return result

    def _code(self) -> list[tuple[bool, str]]:
        """The code of all modules in order, in pieces that are packed or not."""
        pieces: list[tuple[bool, list[str]]] = []
        for name in self._in_order():
            texts = [self._text(name, index) for index in sorted(self.wanted.get(name, ()))]
            is_packed = self.packs and f"{name}.".startswith(f"{_HINTS}.")
            if not texts:
                continue
            if not pieces or pieces[-1][0] != is_packed:
                pieces.append((is_packed, []))
            pieces[-1][1].extend([f"# ---- {name.replace('.', '/')}.py ----", *texts])
        return [(is_packed, "\n\n\n".join(text.strip("\n") for text in texts)) for is_packed, texts in pieces]

    def _text(self, name: str, index: int) -> str:
        statement = self.modules[name].body[index]
        text = statement.text
        for line in map(ast.unparse, statement.inner_imports):
            if line not in text:
                raise BuildError(f"{name}: write '{line}' on one line")
            text = text.replace(line, f"{_LOAD}()")
        for (module, old), new in self.renamed.items():
            if module == name:
                text = text.replace(f"def {old}(", f"def {new}(")
        return text

    def _need_names_of(self, module: Module, statement: Statement, later: bool = False) -> None:
        inner = {name: where for names in statement.inner_imports.values() for name, where in names.items()}
        for name in statement.names:
            if name in inner:
                self._need_import(name, *inner[name], later=True)
            else:
                self._need(module, name, later and name not in statement.used_at_once)

    def _need(self, module: Module, name: str, later: bool) -> None:
        if name in module.definitions and module is not self.main:
            self._need_statement(module, module.definitions[name], name, later)
        elif name in module.imports:
            self._need_import(name, *module.imports[name], later)

    def _need_import(self, name: str, origin: str, original: str, later: bool) -> None:
        if origin == _CONSTANTS:
            if original not in self.values:
                raise BuildError(f"{self.path}: the settings have no {original}; they have {', '.join(self.values)}")
            self.used_values.add(original)
        elif origin.split(".")[0] in OWN_PACKAGES:
            if name != original:
                self.renamed[origin, original] = name
            module = self.modules[origin] = self.library.module(origin, self.path)
            if original not in module.definitions and original in module.imports:
                return self._need_import(name, *module.imports[original], later)
            if original not in module.definitions:
                raise BuildError(f"{self.path}: {origin} does not define {original}")
            self._need_statement(module, module.definitions[original], name, later)
        else:
            self._need_external(name, origin, original, later)

    def _need_external(self, name: str, origin: str, original: str, later: bool) -> None:
        if self.sources.setdefault(name, (origin, original)) != (origin, original):
            raise BuildError(f"{self.path}: {name} comes from {self.sources[name][0]} and from {origin}; rename one")
        if not original:
            line = f"import {origin}" + (f" as {name}" if name != origin.split(".")[0] else "")
        else:
            line = f"from {origin} import {original}" + (f" as {name}" if name != original else "")
        if later:
            self.later[name] = line
        else:
            self.external.add(line)

    def _need_statement(self, module: Module, index: int, name: str, later: bool) -> None:
        if self.owner.setdefault(name, module.name) != module.name:
            raise BuildError(f"{self.path}: {name} is defined in {self.owner[name]} and in {module.name}; rename one")
        done = self.wanted.setdefault(module.name, set())
        if (index in done and later) or (module.name, index) in self.at_once:
            return
        done.add(index)
        if not later:
            self.at_once.add((module.name, index))
        self._need_names_of(module, module.body[index], later)

    def _in_order(self) -> list[str]:
        """Return the modules that are needed, each after the modules that it imports from.

        Raises:
            BuildError: they import each other.
        """
        imports = {n: sorted({o for o, _ in m.imports.values()}) for n, m in sorted(self.modules.items())}
        try:
            return [name for name in TopologicalSorter(imports).static_order() if name in imports]
        except CycleError as error:
            circle = " imports ".join(reversed(error.args[1]))
            raise BuildError(f"{self.path}: {circle}; move what both need to another module") from error
