"""The border between the engine and the course, and the one direction of the engine's imports."""

import ast
import graphlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assignment.settings import Values
from autograder.zips.cases import functions_of, questions_of
from tests.support.corpus import ROOT

#: The rooms of the engine from top to bottom. Each may import only from those below it.
ROOMS = (
    {"__main__"},
    {"cli"},
    {"comparing", "exporting"},
    {"entry"},
    {"written"},
    {"batch"},
    {"report", "zips"},
    {"grading"},
    {"sandbox"},
    {"checking"},
    {"student"},
    {"wire"},
    {"settings", "version"},
    {"otter_keys"},
    {"errors", "__init__"},
)
LEVEL = {room: len(ROOMS) - number for number, rooms in enumerate(ROOMS) for room in rooms}
ENGINE, COURSE, REFERENCE = "autograder", "assignment", "reference_solution"

#: Words that the engine must not contain: functions, questions, matrices and values of this course, and its topic.
FUNCTIONS = functions_of(ROOT / "tests" / "otter", questions_of(ROOT / "tests" / "otter"))
MATRICES = ("W", "R", "V")
WORDS = {
    *FUNCTIONS,
    *(f"q{number}" for number in range(1, 6)),
    *MATRICES,
    *(name.upper() for name in Values.__struct_fields__),
    *(name for name in Values.__struct_fields__ if "_" in name),
    *("weight", "weights", "loss", "losses", "logit", "logits", "activation", "activations", "unfolded", "recurrent"),
}
#: Letters that the kernel writes, as in ``b"R"``, are no words of the course.
SPELLED = re.compile(rf"(?<![\w-])(?<!\bb\")(?:{'|'.join(sorted(WORDS))})(?![\w-])|\b[xazsLy]\(\d\)")

#: Quantifiers such as ``*+`` after a group or a class of characters, and groups such as ``(?>a)``, in patterns.
POSSESSIVE = re.compile(r"(?<!\\)[)\]](?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def modules(package: str, root: Path = ROOT) -> dict[str, Path]:
    """The modules of a package by name, without the handout's sources and the templates of the zips."""
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[-2:] != ("assignment", "handout") and not {"templates", "exercises"} & set(parts):
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _statements(text: str) -> list[ast.Import | ast.ImportFrom]:
    """The imports of a module. Most files are the same in each of the tests, and are parsed once."""
    return [node for node in ast.walk(_parsed(text)) if isinstance(node, (ast.Import, ast.ImportFrom))]


@cache
def _spelled(text: str) -> list[tuple[int, str]]:
    """The words of the course in a file of the engine, with the numbers of their lines."""
    return [(number, word) for number, line in enumerate(text.splitlines(), 1) for word in SPELLED.findall(line)]


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The project's modules that a module imports, wherever in it the import is."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in _statements(path.read_text(encoding="utf-8")):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in known else origin


def own(names: Iterator[str]) -> set[str]:
    return {name for name in names if name.split(".")[0] in {ENGINE, COURSE, REFERENCE, "tests"}}


def crossings(root: Path = ROOT) -> list[str]:
    """All imports that cross a border, and words of the course in the engine."""
    every = {package: modules(package, root) for package in (ENGINE, COURSE, REFERENCE)}
    known = every[ENGINE] | every[COURSE] | every[REFERENCE]
    found = []
    for name, path in known.items():
        for origin in sorted(own(imports(name, path, known))):
            if not allowed(name, origin):
                found.append(f"{path.relative_to(root)} imports {origin}")
    for path in sorted((root / ENGINE).rglob("*")):
        if path.suffix in {".py", ".js", ".html", ".css", ".sh", ""} and path.is_file():
            for number, word in _spelled(path.read_text(encoding="utf-8")):
                found.append(f"{path.relative_to(root)}:{number} spells {word!r}")
    return found


def allowed(name: str, origin: str) -> bool:
    """Whether a module may import another one of the project."""
    package, (target, *rest) = name.split(".")[0], origin.split(".")
    if package == COURSE:
        return target == COURSE or origin.startswith(f"{ENGINE}.checking")
    if package == REFERENCE:
        return target == REFERENCE or origin == f"{COURSE}.settings"
    room, other = name.split(".")[1] if "." in name else "__init__", rest[0] if rest else "__init__"
    if room == "student":
        return target == ENGINE and other in {"student", "wire"}
    return target == ENGINE and (room == other or LEVEL[room] > LEVEL[other])


def test_nothing_crosses_the_border() -> None:
    """The engine knows no exercise, the course uses only ``autograder.checking``, and rooms import in one direction."""
    assert crossings() == []


BREAKS = {
    "autograder/report/table.py": ("from ..batch.store import Store", "imports autograder.batch.store"),
    "autograder/student/clock.py": ("from ..errors import SandboxError", "imports autograder.errors"),
    "autograder/wire/frames.py": ("from ..student import clock", "imports autograder.student.clock"),
    "autograder/grading/messages.py": ("import assignment.checks.names", "imports assignment.checks.names"),
    "autograder/zips/leaks.py": ("from reference_solution import network", "imports reference_solution.network"),
    "assignment/checks/names.py": ("from autograder.sandbox import Sandbox", "imports autograder.sandbox"),
    "assignment/checks/labels.py": ("import reference_solution", "imports reference_solution"),
    "reference_solution/network.py": ("import autograder.checking", "imports autograder.checking"),
    "autograder/cli.py": ("# what forward returns", "spells 'forward'"),
    "autograder/report/templates/table.js": ("// q4", "spells 'q4'"),
    "autograder/settings.py": ("STEPS = 3", "spells 'STEPS'"),
    "autograder/batch/job.py": ("# the loss", "spells 'loss'"),
    "autograder/sandbox/values.py": ("NODE = 'a(1)'", "spells 'a(1)'"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages that a test may break."""
    root = tmp_path_factory.mktemp("house")
    for package in (ENGINE, COURSE, REFERENCE):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                target = root / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    return root


@pytest.mark.parametrize("file", BREAKS)
def test_a_crossing_is_seen(file: str, copy: Path) -> None:
    """A forbidden import or word, anywhere, is found, and the message names the file. Others are another test's."""
    line, told = BREAKS[file]
    path = copy / file
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{before}\n{line}\n", encoding="utf-8")
        (found,) = set(crossings(copy)) - set(crossings())
    finally:
        path.write_text(before, encoding="utf-8")
    assert found.startswith(file)
    assert told in found


def test_no_circles() -> None:
    """No module of the engine or the course is part of an import cycle."""
    known = modules(ENGINE) | modules(COURSE) | modules(REFERENCE)
    graphlib.TopologicalSorter(
        {name: own(imports(name, path, known)) - {name} for name, path in known.items()}
    ).prepare()


def test_one_name_one_class() -> None:
    """No two public classes have the same name."""
    names = Counter(
        node.name
        for package in (ENGINE, COURSE, REFERENCE)
        for path in modules(package).values()
        for node in _parsed(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_state_in_modules() -> None:
    """No function of the engine or the course assigns to a global name of its module, or caches answers there."""
    found = []
    for package in (ENGINE, COURSE):
        for name, path in modules(package).items():
            tree = _parsed(path.read_text(encoding="utf-8"))
            found += [name for node in ast.walk(tree) if isinstance(node, ast.Global)]
            found += [name for node in tree.body for text in _decorators(node) if re.search(r"\b(lru_)?cache\b", text)]
            empty = {
                target.id
                for node in tree.body
                if isinstance(node, (ast.Assign, ast.AnnAssign)) and _is_empty(node.value)
                for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                if isinstance(target, ast.Name)
            }
            found += [f"{name}.{target}" for target in empty]
    assert sorted(found) == ["autograder.student.forking._kept"]  # modules that libraries asked for before any fork


def _decorators(node: ast.stmt) -> list[str]:
    return [ast.unparse(decorator) for decorator in getattr(node, "decorator_list", [])]


def _is_empty(value: ast.expr | None) -> bool:
    """Whether a global name starts as an empty list, set or dictionary, to be filled later."""
    return (
        value is not None
        and re.fullmatch(r"(list|dict|set|deque)(\[.*\])?\(\)|\[\]|\{\}", ast.unparse(value)) is not None
    )


def test_files_are_short() -> None:
    """No file is much longer than 300 lines."""
    assert [path for package in (ENGINE, COURSE) for path in modules(package).values() if _length(path) > 300] == []


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_pattern_is_possessive() -> None:
    """Python 3.11.2, which Debian 12 has, finds too little with possessive quantifiers and atomic groups."""
    found = [
        f"{name}:{node.lineno}"
        for name, path in modules(ENGINE).items() | modules(COURSE).items()
        for node in ast.walk(_parsed(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and POSSESSIVE.search(node.value)
    ]
    assert found == []
