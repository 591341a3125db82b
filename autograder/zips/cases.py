"""Find the test cases of a folder by reading its test files, without running them."""

import ast
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ..errors import BuildError


def questions_of(folder: Path) -> list[str]:
    """Return the questions that have a test file, sorted by name."""
    return sorted(path.stem for path in folder.glob("*.py") if not path.name.startswith((".", "_")))


def is_case(statement: ast.stmt) -> bool:
    """Whether a statement is a test case."""
    return isinstance(statement, ast.FunctionDef) and bool(_decorators(statement))


def is_hidden_case(statement: ast.stmt) -> bool:
    """Whether a statement is a test case that students must not see."""
    if not isinstance(statement, ast.FunctionDef):
        return False
    calls = _decorators(statement)
    hidden = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "hidden"]
    hidden += [argument for call in calls for argument in call.args[2:3]]
    return any(not (isinstance(value, ast.Constant) and value.value is False) for value in hidden)


def name_of_case(statement: ast.stmt) -> str:
    """The name of a test case; empty if the statement is none, or if its name is not written out."""
    calls = _decorators(statement) if isinstance(statement, ast.FunctionDef) else []
    values = [
        value for call in calls for value in [*call.args[:1], *(k.value for k in call.keywords if k.arg == "name")]
    ]
    return next((str(value.value) for value in values if isinstance(value, ast.Constant)), "")


def _decorators(function: ast.FunctionDef) -> list[ast.Call]:
    calls = [decorator for decorator in function.decorator_list if isinstance(decorator, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).endswith("test_case")]


def told_of(error: SyntaxError | ValueError) -> str:
    """What is wrong with a file, and in which line."""
    if isinstance(error, SyntaxError) and error.lineno:
        return f"line {error.lineno}: {error.msg}"
    return str(error)


def check_names(folder: Path, questions: Iterable[str]) -> None:
    """Check that each test file has the name of its question, and each of its test cases a name of its own.

    Raises:
        BuildError: one has not, or a test file is not valid Python.
    """
    for question in questions:
        path = folder / f"{question}.py"
        body = _statements(path)
        named = [one.value for one in body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "name"]
        if wrong := [value for value in named if isinstance(value, ast.Constant) and value.value != question]:
            raise BuildError(f'{path}, line {wrong[0].lineno}: write name = "{question}", the name of the file')
        names = Counter(filter(None, map(name_of_case, body)))
        if twice := [name for name, count in names.items() if count > 1]:
            raise BuildError(f"{path}: several test cases are called {twice[0]!r}; give each a name of its own")


def _statements(path: Path) -> list[ast.stmt]:
    try:
        return ast.parse(path.read_text(encoding="utf-8")).body
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"{path} is not valid Python: {told_of(error)}") from error


def functions_of(folder: Path, questions: Iterable[str]) -> dict[str, str]:
    """Return the functions that a student writes, each with the first question that uses it.

    The names of the functions are the parameters of the test cases.

    Raises:
        BuildError: a test file is not valid Python, or no test case has a parameter.
    """
    found: dict[str, str] = {}
    for question in questions:
        for statement in _statements(folder / f"{question}.py"):
            if isinstance(statement, ast.FunctionDef) and is_case(statement):
                for argument in statement.args.args:
                    found.setdefault(argument.arg, question)
    if not found:
        raise BuildError(
            f"{folder}: no test case has a parameter: give each one a parameter with the name of the student's function"
        )
    return found
