"""Search a finished student.zip for anything that students must not see."""

import ast
import json
import re
from pathlib import Path

from ..errors import BuildError
from .archive import read_zip
from .cases import is_hidden_case, name_of_case
from .packing import unpacked
from .sources import Sources

#: Shorter lines are too common to give anything away. Lines of test cases are more alike than lines of a solution.
_TELLING_CASE = 34
_TELLING_SOLUTION = 24


def check_no_leaks(student_zip: Path, sources: Sources) -> None:
    """Read the zip as a curious student would.

    Raises:
        BuildError: it contains the name or the code of a hidden case, code that only hidden cases use, a line of the
            reference solution, a secret setting, or the token for Gradescope, which is not in the message.
    """
    content = read_zip(student_zip)
    if extra := sorted(set(content) - set(sources.student_files())):
        raise BuildError(f"student.zip contains {extra[0]}, which does not belong there")
    files = {name: _text(name, content) for name, content in content.items()}
    forbidden = _hidden_names(sources) | _hidden_lines(sources) | _reference_lines(sources)
    token = sources.otter_config.get("token")
    for name, text in files.items():
        if (not name.startswith("tests/") and "/" in name) or name.endswith("otter_config.json"):
            raise BuildError(f"student.zip contains {name}, which does not belong there")
        for key, value in sources.course.secrets.items():
            if _shows(text, key, value):
                raise BuildError(f"student.zip: {name} shows the value of {key!r}: {value}")
        if token and token in text:
            raise BuildError(f"student.zip: {name} shows the token of otter_config.json: take it out of the sources")
        for secret, what in forbidden.items():
            if secret in text:
                raise BuildError(f"student.zip: {name} shows {what}: {secret!r}")


def _shows(text: str, key: str, value: object) -> bool:
    """Whether a text shows a secret value. Short values are common numbers, so only a line that sets one counts."""
    shown = re.escape(repr(value))
    return bool(
        re.search(rf"\b{key.upper()}\s*=\s*{shown}" if len(repr(value)) < 6 else rf"(?<!\w){shown}(?!\w)", text)
    )


def _text(name: str, content: bytes) -> str:
    text = content.decode("utf-8")
    if not name.endswith(".ipynb"):
        return "\n".join([text, *unpacked(text)])
    notebook = json.loads(text)
    strings: list[str] = [str(cell["source"]) for cell in _cells(notebook)]
    _collect(notebook, strings)
    return "\n".join(strings)


def _collect(value: object, strings: list[str]) -> None:
    """Collect all strings of a notebook, including those in outputs, metadata and attachments."""
    if isinstance(value, str):
        strings.append(value)
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            _collect(inner, strings)


def _cells(notebook: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    for cell in notebook["cells"]:
        source = cell["source"]
        cell["source"] = "".join(source) if isinstance(source, list) else source
    return notebook["cells"]


def _hidden_names(sources: Sources) -> dict[str, str]:
    found: dict[str, str] = {}
    for file, text in sources.all_tests.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and is_hidden_case(node):
                found[f"def {node.name}("] = f"a hidden test case of {file}"
                if name := name_of_case(node):
                    found[name] = f"the name of a hidden test case of {file}"
    if not found and not sources.otter_config.get("show_all_public"):
        raise BuildError(
            "tests/otter has no hidden test case, so the search for leaks would find nothing: add one, or set "
            "'show_all_public' if students may see every test case"
        )
    return found


def _hidden_lines(sources: Sources) -> dict[str, str]:
    """Return the lines of code that the test files have only with their hidden cases."""
    tests = sources.public_tests.values()
    shown = [*tests, *(part for test in tests for part in unpacked(test))]
    shown += [one.stub for one in sources.reference.values()]
    public = {line.strip() for text in shown for line in text.splitlines()}
    hidden = {line.strip() for text in sources.all_tests.values() for line in text.splitlines()} - public
    return {line: "code of the hidden test cases" for line in sorted(hidden) if _tells(line, _TELLING_CASE)}


def _reference_lines(sources: Sources) -> dict[str, str]:
    texts = []
    for one in sources.reference.values():
        first = len(one.whole.splitlines()) - len(one.body.splitlines())
        texts += [one.helpers, one.body, "\n".join(one.whole.splitlines()[first:])]
    lines = {line.strip() for text in texts for line in text.splitlines()}
    return {line: "a line of the reference solution" for line in sorted(lines) if _tells(line, _TELLING_SOLUTION)}


def _tells(line: str, length: int) -> bool:
    return len(line) >= length and not line.startswith(("#", "import ", "from ", '"""'))
