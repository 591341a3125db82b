"""Source files as a bundle takes them apart: top-level statements, the names that each uses, and what it imports."""

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..errors import BuildError
from .cases import told_of

#: The engine that is running.
ENGINE = Path(__file__).parents[1]

#: Our own packages. All but the engine are parts of the assignment.
OWN_PACKAGES = ("assignment", ENGINE.name, "reference_solution")

#: Where a name comes from: a module, and the name there, which is empty for ``import x``.
Origin = tuple[str, str]


@dataclass
class Statement:
    """A top-level statement, with the comments before it."""

    node: ast.stmt
    text: str
    origin: str
    """The package that relative imports in it start from."""

    @cached_property
    def names(self) -> dict[str, bool]:
        """All names in it, in order, each with whether it is read anywhere."""
        found: dict[str, bool] = {}
        for node in ast.walk(self.node):
            if isinstance(node, ast.Name):
                found[node.id] = found.get(node.id, False) or isinstance(node.ctx, ast.Load)
        return found

    @property
    def read(self) -> set[str]:
        """The names that it reads."""
        return {name for name, is_read in self.names.items() if is_read}

    @cached_property
    def defined(self) -> list[str]:
        """The names that it defines."""
        if isinstance(self.node, (ast.FunctionDef, ast.ClassDef)):
            return [self.node.name]
        targets = self.node.targets if isinstance(self.node, ast.Assign) else [getattr(self.node, "target", None)]
        return [node.id for target in targets if target for node in ast.walk(target) if isinstance(node, ast.Name)]

    @cached_property
    def inner_imports(self) -> dict[ast.ImportFrom, dict[str, Origin]]:
        """What its functions import from our modules when they run."""
        found = (node for node in ast.walk(self.node) if isinstance(node, ast.ImportFrom))
        return {n: _imported(n, self.origin) for n in found if _absolute(n, self.origin).split(".")[0] in OWN_PACKAGES}

    @cached_property
    def used_at_once(self) -> set[str]:
        """The names that it uses when it is run: not those in the bodies of functions and in annotations."""
        return _used_at_once(self.node)


@dataclass
class Module:
    """A source file."""

    name: str
    body: list[Statement]
    imports: dict[str, Origin] = field(default_factory=dict)
    """For each name that it imports at the top: where the name comes from."""
    definitions: dict[str, int] = field(default_factory=dict)
    """The index of the statement that defines each name."""


class Library:
    """Our modules, each read once.

    Args:
        root: the folder that holds the packages ``assignment`` and ``reference_solution``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, Module] = {}

    def module(self, name: str, reader: Path) -> Module:
        """Return a module.

        Args:
            name: its name.
            reader: the test file that needs it, for the message.

        Raises:
            BuildError: there is no such module, or it is not valid Python.
        """
        if name not in self._read:
            package, *rest = name.split(".")
            path = (ENGINE if package == ENGINE.name else self.root / package).joinpath(*rest)
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            if not path.is_file():
                raise BuildError(f"{reader}: cannot find the module {name} ({path})")
            self._read[name] = read_module(name, path.read_text(encoding="utf-8"), path.name == "__init__.py")
        return self._read[name]


def read_module(name: str, source: str, is_package: bool = False) -> Module:
    """Split the source of a module into its top-level statements.

    Raises:
        BuildError: it is not valid Python.
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"{name} is not valid Python: {told_of(error)}") from error
    lines = source.splitlines()
    origin = f"{name}." if is_package else name
    module = Module(name, [])
    end = 0
    for index, node in enumerate(body):
        statement = Statement(node, "\n".join(lines[end : node.end_lineno]).strip("\n"), origin)
        module.body.append(statement)
        end = node.end_lineno or end
        if isinstance(node, (ast.ImportFrom, ast.Import)):
            module.imports |= _imported(node, origin)
        else:
            module.definitions |= dict.fromkeys(statement.defined, index)
    return module


def _imported(statement: ast.ImportFrom | ast.Import, name: str) -> dict[str, Origin]:
    if isinstance(statement, ast.Import):
        return {alias.asname or alias.name.split(".")[0]: (alias.name, "") for alias in statement.names}
    return {alias.asname or alias.name: (_absolute(statement, name), alias.name) for alias in statement.names}


def _absolute(statement: ast.ImportFrom, name: str) -> str:
    if not statement.level:
        return statement.module or ""
    package = name.split(".")[: -statement.level]
    return ".".join([*package, *([statement.module] if statement.module else [])])


def _used_at_once(statement: ast.AST) -> set[str]:
    if isinstance(statement, ast.ClassDef):
        inner: list[ast.AST] = [*statement.decorator_list, *statement.bases, *statement.keywords, *statement.body]
    elif isinstance(statement, ast.FunctionDef):
        defaults = [default for default in statement.args.kw_defaults if default]
        inner = [*statement.decorator_list, *statement.args.defaults, *defaults]
    elif isinstance(statement, ast.AnnAssign):
        inner = [statement.value] if statement.value else []
    else:
        return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    return set().union(*map(_used_at_once, inner))
