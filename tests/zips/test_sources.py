"""The parts of the build: bundled test files, handout, reference cells and archives."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.errors import BuildError
from autograder.zips.archive import read_zip, write_zip
from autograder.zips.bundle import bundle
from autograder.zips.cases import is_hidden_case
from autograder.zips.handout import make_notebook, render
from autograder.zips.modules import Library
from autograder.zips.reference import read_reference
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT, project
from tests.support.samples import CONFIG, copy_project, settings

pytestmark = pytest.mark.sampled(3, by="file")


SOURCES = project()
QUESTIONS = ("q3", "q4", "q5")

#: Runs a test file where none of our modules can be imported, and prints its cases.
_ALONE = """
import sys
class Refuse:
    def find_spec(self, name, *_):
        assert name.split(".")[0] not in {"assignment", "autograder", "reference_solution"}, name
sys.meta_path.insert(0, Refuse())
for path in sys.argv[1:]:
    namespace = {}
    exec(compile(open(path, encoding="utf-8").read(), path, "exec"), namespace)
    print(*(value.name for value in namespace.values() if type(value).__name__ == "test_case"), sep="\\n")
"""


def declared(public_only: bool) -> list[str]:
    """Read the names of the cases from the test files, in another way than the build does."""
    text = "".join((ROOT / "tests" / "otter" / f"{question}.py").read_text(encoding="utf-8") for question in QUESTIONS)
    return [
        name
        for name, rest in re.findall(r'@test_case\(name="([^"]+)"([^\n]*)\)\n', text)
        if not (public_only and "hidden=True" in rest)
    ]


@pytest.mark.slow
def test_bundles_stand_alone(tmp_path: Path) -> None:
    """The bundled files run where nothing of the project can be imported, and declare their cases."""
    paths = []
    for kind, files in (("public", SOURCES.public_tests), ("all", SOURCES.all_tests)):
        for name, text in files.items():
            paths.append(tmp_path / f"{kind}-{name}")
            paths[-1].write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-c", _ALONE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n")[:-1] == declared(public_only=True) + declared(public_only=False)


def test_public_bundles_hide() -> None:
    """A public bundle has no hidden case, no name of one, and no seed."""
    names = set(declared(False)) - set(declared(True))
    assert names
    for text in SOURCES.public_tests.values():
        assert not any(is_hidden_case(statement) for statement in ast.parse(text).body)
        assert not [name for name in names if name in text]
        assert str(settings().values["seed"]) not in text


def test_settings_are_written_in() -> None:
    """The settings are plain numbers in the bundles."""
    changed = {"SEED": 424242, "WEIGHT_RANGE": 0.5, "STEPS": 4, "POINTS": {"q3": 7, "q5": 8}}
    folder = ROOT / "tests" / "otter"
    q3, q5 = (bundle(folder / f"{question}.py", Library(ROOT), changed, public_only=False) for question in ("q3", "q5"))
    assert "\nPOINTS = {'q3': 7, 'q5': 8}\n" in q3
    assert "\nWEIGHT_RANGE = 0.5\n" in q3
    assert "\nSEED = 424242\n" in q3
    assert "\nSTEPS = 4\n" in q5


def make_project(root: Path, test_file: str, **modules: str) -> Path:
    """Write a small project of modules ``assignment.NAME`` and a test file; return the path of the test file."""
    (root / "assignment").mkdir()
    for name, text in modules.items():
        (root / "assignment" / f"{name}.py").write_text(text, encoding="utf-8")
    path = root / "q3.py"
    path.write_text('"""Cases."""\n' + test_file, encoding="utf-8")
    return path


def test_names_from_a_package(tmp_path: Path) -> None:
    """A name that a package only re-exports is found where it is defined."""
    path = make_project(
        tmp_path, "from assignment.deep import f\nfrom autograder.checking import Mistake\nf, Mistake\n"
    )
    deep = tmp_path / "assignment" / "deep"
    deep.mkdir()
    (deep / "__init__.py").write_text("from .inner import f\n")
    (deep / "inner.py").write_text("def f():\n    return 7\n")
    namespace: dict[str, object] = {}
    text = bundle(path, Library(tmp_path), {}, public_only=False)
    exec(text, namespace)
    assert namespace["f"]() == 7  # type: ignore[operator]
    assert "import assignment" not in text


def test_unknown_constant(tmp_path: Path) -> None:
    """If the settings lack a name, the error lists the names that they have."""
    path = make_project(tmp_path, "from assignment.settings import STEP\nSTEP\n")
    with pytest.raises(BuildError, match=r"q3\.py: the settings have no STEP; they have STEPS"):
        bundle(path, Library(tmp_path), {"STEPS": 3}, public_only=False)


def test_bundle_takes_what_is_needed(tmp_path: Path) -> None:
    """Nested helpers, renamed imports and constants are copied. Unused code is not."""
    path = make_project(
        tmp_path,
        "from assignment.a import f as g\nresult = g()\n",
        a="from .b import h\nUNUSED = 1\nTEN = 10\n\n\ndef f():\n    return h() + TEN\n",
        b="import math as m\n\n\ndef h():\n    return m.floor(2.5)\n",
    )
    namespace: dict[str, object] = {}
    exec(bundle(path, Library(tmp_path), {}, public_only=False), namespace)
    assert namespace["result"] == 12
    assert "UNUSED" not in namespace


@pytest.mark.parametrize(
    ("test_file", "modules"),
    [
        ("from assignment.a import f\nfrom assignment.b import g\nf(), g()\n",
         {"a": "def h(): return 1\ndef f(): return h()\n", "b": "def h(): return 2\ndef g(): return h()\n"}),
        ("from assignment.a import f\ndef h(): return 1\nf(), h()\n",
         {"a": "def h(): return 2\ndef f(): return h()\n"}),
        ("from assignment.a import f\nfrom assignment.b import g\nf(), g()\n",
         {"a": "from math import log as h\ndef f(): return h(1)\n",
          "b": "from math import exp as h\ndef g(): return h(1)\n"}),
    ],
    ids=["two modules", "module and test file", "two imports"],
)  # fmt: skip
def test_name_clash(test_file: str, modules: dict[str, str], tmp_path: Path) -> None:
    """One name for two things is an error that says so, because a bundle has only one namespace."""
    path = make_project(tmp_path, test_file, **modules)
    with pytest.raises(BuildError, match=r"\bh\b.*rename one"):
        bundle(path, Library(tmp_path), {}, public_only=False)


def test_circle(tmp_path: Path) -> None:
    """Modules that import each other cannot be put in order. The error names them."""
    modules = {"a": "from .b import g\ndef f(): return g()\n", "b": "from .a import f\ndef g(): return f()\n"}
    path = make_project(tmp_path, "from assignment.a import f\nf()\n", **modules)
    with pytest.raises(BuildError, match=r"assignment\.a imports assignment\.b imports assignment\.a; move"):
        bundle(path, Library(tmp_path), {}, public_only=False)


def test_missing_module_and_name(tmp_path: Path) -> None:
    """If one of our imports leads nowhere, the error names the test file and what is missing."""
    path = make_project(tmp_path, "from assignment.absent import f\nf()\n", a="")
    with pytest.raises(BuildError, match=r"q3\.py: cannot find the module assignment\.absent"):
        bundle(path, Library(tmp_path), {}, public_only=False)
    path.write_text("from assignment.a import f\nf()\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"q3\.py: assignment\.a does not define f"):
        bundle(path, Library(tmp_path), {}, public_only=False)


def test_syntax_error(tmp_path: Path) -> None:
    """A test file or module that is not Python is an error that names it."""
    path = make_project(tmp_path, "from assignment.a import f\nf()\n", a="def f(:\n")
    with pytest.raises(BuildError, match=r"assignment.a is not valid Python: line 1: "):
        bundle(path, Library(tmp_path), {}, public_only=False)
    path.write_text("def f(:\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"q3\.py"):
        bundle(path, Library(tmp_path), {}, public_only=False)


HIDDEN = ['(name="secret", points=1, hidden=True)', '("secret", 1, True)', '(hidden=not False, name="secret")']


@pytest.mark.parametrize("arguments", HIDDEN)
def test_every_spelling_of_hidden(arguments: str, tmp_path: Path) -> None:
    """A hidden case is recognised however its decorator is written."""
    text = f"from otter.test_files import test_case\n\n\n@test_case{arguments}\ndef test_secret(init): init(41)\n"
    path = make_project(tmp_path, text + '\n\n@test_case("open", 1, hidden=False)\ndef test_open(init): init(1)\n')
    result = bundle(path, Library(tmp_path), {}, public_only=True)
    assert "test_open" in result
    assert "secret" not in result


def test_helpers_of_hidden_cases(tmp_path: Path) -> None:
    """Code that only hidden cases use is left out with them, even if the test file itself defines it."""
    text = f"from otter.test_files import test_case\nSECRET = 41\nSHARED = 1\n\n\n@test_case{HIDDEN[0]}\n"
    text += 'def test_secret(init): init(SECRET, SHARED)\n\n\n@test_case("open")\ndef test_open(init): init(SHARED)\n'
    result = bundle(make_project(tmp_path, text), Library(tmp_path), {}, public_only=True)
    assert "SHARED = 1" in result
    assert "SECRET" not in result


def test_notebook_is_valid_and_deterministic() -> None:
    """The handout is a valid notebook without outputs, always the same, and contains the assignment's name."""
    first, second = (Sources(ROOT, CONFIG).notebook(solved=False) for _ in range(2))
    assert first == second
    read = nbformat.reads(first.decode(), as_version=4)
    nbformat.validate(read)
    assert read.metadata["otter"]["assignment_name"] == settings().assignment_name
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in read.cells)


def test_stubs() -> None:
    """Stubs have the reference's signatures and docstrings with the values filled in, but none of its code."""
    functions = {"init": "q3", "forward": "q4", "graph": "q5"}
    found = read_reference(ROOT / "reference_solution", functions, {"WEIGHT_RANGE": 0.5, "STEPS": 4})
    texts, solved = {name: one.stub for name, one in found.items()}, {name: one.whole for name, one in found.items()}
    for name, text in texts.items():
        stub, solution = (ast.parse(source).body[0] for source in (text, solved[name]))
        assert isinstance(stub, ast.FunctionDef) and isinstance(solution, ast.FunctionDef)  # noqa: PT018
        assert ast.get_docstring(stub) == ast.get_docstring(solution)
        assert ast.unparse(stub.args) == ast.unparse(solution.args)
        assert len(stub.body) == 2
        assert ast.unparse(stub.body[1]) == f"raise NotImplementedError({functions[name]!r})"
        assert not [line for line in found[name].body.splitlines() if line and line in text]
    assert "[-0.5, 0.5]" in texts["init"]
    assert "t = 1, ..., 4" in texts["graph"]
    assert not re.search("WEIGHT_RANGE|STEPS", "".join([*texts.values(), *solved.values()]))


def test_handout_errors(tmp_path: Path) -> None:
    """An unknown variable, a broken template or a missing function's cell in the handout is an error that names it."""
    path = tmp_path / "handout.py"
    path.write_text("# %% [markdown]\n# [[ wieght_range ]]\n", encoding="utf-8")
    told = r"handout\.py: 'wieght_range' is undefined\. Between \[\[ and \]\] you can use points\.q3, weight_range;"
    with pytest.raises(BuildError, match=told):
        render(path, {"weight_range": 1, "points": {"q3": 20}})
    path.write_text("# %% [markdown]\n# [[ title\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"handout\.py: .*expected"):
        render(path, {"title": "Networks"})
    path.write_text("# %%\n[[ stub.init ]]\n")
    with pytest.raises(BuildError, match=r"handout\.py: there is no cell with \[\[ stub\.forward \]\]"):
        make_notebook(path, settings(), {"stub": {"init": "", "forward": ""}})


def test_handout_in_parts(tmp_path: Path) -> None:
    """A handout that includes other files gives the same notebook as one file with the same text."""
    first, second = "# %% [markdown]\n# [[ title ]]\n\n", "# %%\n[[ stub.init ]]\n"
    names = {"title": "Networks", "stub": {"init": "def init(): ..."}}
    (tmp_path / "whole.py").write_text(first + second, encoding="utf-8")
    (tmp_path / "parts.py").write_text(f"{first}# include: inner/code.py\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    with pytest.raises(BuildError, match=r"code\.py cannot be read: No such file or directory"):
        make_notebook(tmp_path / "parts.py", settings(), names)
    (tmp_path / "inner" / "code.py").write_text(second, encoding="utf-8")
    notebooks = [make_notebook(tmp_path / name, settings(), names) for name in ("whole.py", "parts.py")]
    assert notebooks[0] == notebooks[1]


_ARCHIVE = """
import json, os, sys
os.umask(int(sys.argv[2], 8))
from pathlib import Path
from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
sources = Sources(Path(sys.argv[1]), Path(sys.argv[1], "otter_config.json"))
write_zip(Path("student.zip"), sources.student_files())
write_zip(Path("autograder.zip"), sources.autograder_files())
"""


@pytest.mark.slow
def test_archives_are_identical(tmp_path: Path) -> None:
    """The zips are the same byte for byte with another folder, umask, hash seed, time zone or copy of the project."""
    copy = copy_project(tmp_path / "copy")
    for index, root in enumerate((ROOT, copy)):
        folder = tmp_path / f"folder-{index}"
        folder.mkdir()
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(index + 1), "TZ": f"UTC{index + 3}"}
        command = [sys.executable, "-c", _ARCHIVE, str(root), ("022", "077")[index]]
        subprocess.run(command, cwd=folder, env=environment, check=True)
    for name in ("student.zip", "autograder.zip"):
        assert (tmp_path / "folder-0" / name).read_bytes() == (tmp_path / "folder-1" / name).read_bytes()


def test_archive(tmp_path: Path) -> None:
    """Files come back unchanged and without a date. Scripts are executable."""
    files = {"b/c.txt": b"\x00", "setup.sh": b"#!", "run_autograder": b"#!", "a.py": b""}
    write_zip(tmp_path / "a.zip", files)
    assert read_zip(tmp_path / "a.zip") == files
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert modes == {"a.py": 0o644, "b/c.txt": 0o644, "run_autograder": 0o755, "setup.sh": 0o755}
