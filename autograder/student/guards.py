"""Making sure that a failing statement costs only itself, even inside a block or in a list of imports.

The shell runs the top-level statements of a cell one by one, and continues after one that fails. Statements inside a
top-level block (``if``, ``with``, ``for``, ``while``, ``try``) are guarded here, by rewriting the syntax tree:

- A list of imports becomes one import for each module.
- In ``if``, ``with`` and the later parts of ``try``, every statement is guarded. In loops, only imports are guarded: a
  loop that depends on the result of a failing statement might never end.
- If the code itself catches the error, with ``try`` or ``suppress``, nothing is guarded.
- Functions and classes do not change.
"""

import ast
from collections.abc import Iterator

#: The built-in function that a guard calls. No student would choose this name.
CALLED = "__statement_left_out__"

_IMPORTS = (ast.Import, ast.ImportFrom)
_CATCHES_IMPORTS = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}
_CATCHING = {"suppress", "raises", "assertRaises", "assertRaisesRegex"}
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def guard(tree: ast.Module) -> None:
    """Guard the statements inside the statements of a cell.

    Raises:
        RecursionError: an expression is too deep. What is guarded by then stays guarded.
    """
    tree.body = [_inside(part, every=True) for statement in tree.body for part in _split(statement)]


def names_bound(tree: ast.AST) -> list[str]:
    """The names that a statement binds in its own scope."""
    return list(dict.fromkeys(_names_bound(tree)))


def _names_bound(tree: ast.AST) -> Iterator[str]:
    if isinstance(tree, _DEFINITIONS):
        yield tree.name
    elif isinstance(tree, _IMPORTS):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in tree.names)
    elif isinstance(tree, ast.Name) and isinstance(tree.ctx, ast.Store):
        yield tree.id
    elif not isinstance(tree, ast.Lambda):
        for child in ast.iter_child_nodes(tree):
            yield from _names_bound(child)


def _split(statement: ast.stmt) -> list[ast.stmt]:
    """Split a list of imports into one import for each module."""
    if not isinstance(statement, ast.Import) or len(statement.names) == 1:
        return [statement]
    return [ast.copy_location(ast.Import([alias]), statement) for alias in statement.names]


def _inside(statement: ast.stmt, every: bool) -> ast.stmt:
    """Guard the statements inside a statement.

    Args:
        statement: a statement of a module.
        every: whether to guard every inner statement. Otherwise only imports are guarded.
    """
    if isinstance(statement, ast.If):
        statement.body, statement.orelse = _block(statement.body, every), _block(statement.orelse, every)
    elif isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
        statement.body, statement.orelse = _block(statement.body, False), _block(statement.orelse, False)
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        if not any(_catches(item.context_expr) for item in statement.items):
            statement.body = _block(statement.body, every)
    elif isinstance(statement, ast.Match):
        for case in statement.cases:
            case.body = _block(case.body, every)
    elif isinstance(statement, (ast.Try, ast.TryStar)):
        if not statement.handlers:
            statement.body = _block(statement.body, every)
        elif not any(_catches_imports(handler.type) for handler in statement.handlers):
            statement.body = _block(statement.body, False)
        for handler in statement.handlers:
            handler.body = _block(handler.body, every)
        statement.orelse = _block(statement.orelse, every)
        statement.finalbody = _block(statement.finalbody, every)
    return statement


def _block(statements: list[ast.stmt], every: bool) -> list[ast.stmt]:
    return [_guarded(_inside(part, every), every) for statement in statements for part in _split(statement)]


def _guarded(statement: ast.stmt, every: bool) -> ast.stmt:
    if not (isinstance(statement, _IMPORTS) if not every else _can_fail(statement)):
        return statement
    names = ast.Constant(",".join(names_bound(statement)))
    call = ast.Expr(ast.Call(ast.Name(CALLED, ast.Load()), [names], []))
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [call])
    guarded = ast.Try(body=[statement], handlers=[handler], orelse=[], finalbody=[])
    for node in (guarded, *ast.walk(handler)):
        ast.copy_location(node, statement)
    return guarded


def _can_fail(statement: ast.stmt) -> bool:
    """Whether a statement can fail: those that only control the flow cannot."""
    steering = (ast.Pass, ast.Break, ast.Continue, ast.Return, ast.Global, ast.Nonlocal)
    return not isinstance(statement, steering)


def _catches_imports(kind: ast.expr | None) -> bool:
    """Whether a handler catches an ImportError."""
    if kind is None:
        return True
    names = {node.id for node in ast.walk(kind) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(kind) if isinstance(node, ast.Attribute)}
    return bool(names & _CATCHES_IMPORTS)


def _catches(manager: ast.expr) -> bool:
    """Whether a context manager catches errors."""
    called = manager.func if isinstance(manager, ast.Call) else manager
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in _CATCHING
