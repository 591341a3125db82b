"""What a build refuses in the sources of an assignment, and what it leaves out where nothing needs it."""

from pathlib import Path

import pytest

from autograder.errors import BuildError
from autograder.grading.handout import HANDOUT_FILE
from autograder.zips import trial
from autograder.zips.bundle import bundle
from autograder.zips.cases import check_names, functions_of
from autograder.zips.modules import Library
from autograder.zips.reference import read_reference
from tests.support.corpus import project
from tests.support.samples import notebook, write_cases
from tests.zips.test_sources import make_project


def test_an_import_inside_of_a_function_needs_nothing_twice(tmp_path: Path) -> None:
    """What a function imports when it is called is not imported again if the test file imports it at the top."""
    path = make_project(
        tmp_path,
        "import math\nfrom assignment.a import f\nresult = math.ceil(f())\n",
        a="def f():\n    from .b import g\n    return g()\n",
        b="import math\n\n\ndef g():\n    return math.floor(2.5) + 0.5\n",
    )
    text = bundle(path, Library(tmp_path), {}, public_only=False)
    namespace: dict[str, object] = {}
    exec(text, namespace)
    assert namespace["result"] == 3
    assert text.count("import math") == 1


def test_an_import_inside_of_a_function_is_on_one_line(tmp_path: Path) -> None:
    """The build replaces such an import, so it must find it. The error says how to write it."""
    inner = "def f():\n    from .b import (\n        g,\n    )\n    return g()\n"
    path = make_project(tmp_path, "from assignment.a import f\nf()\n", a=inner, b="def g(): return 1\n")
    with pytest.raises(BuildError, match=r"assignment\.a: write 'from \.b import g' on one line"):
        bundle(path, Library(tmp_path), {}, public_only=False)


def test_test_cases_call_functions_of_students(tmp_path: Path) -> None:
    """Test cases without parameters would judge nothing. The error says what is missing."""
    (tmp_path / "q3.py").write_text('@test_case("one")\ndef test_one():\n    pass\n', encoding="utf-8")
    with pytest.raises(BuildError, match="no test case has a parameter: give each one a parameter"):
        functions_of(tmp_path, ["q3"])


NAMED = (
    '{}\n@test_case("one")\ndef test_one(init): pass\n@test_case(hidden=True, name="{}")\ndef test_two(init): pass\n'
)
NAMES = {
    "the file's": (NAMED.format('name = "q4"', "two"), r'q3\.py, line 1: write name = "q3", the name of the file'),
    "two test cases'": (NAMED.format('name = "q3"', "one"), r"q3\.py: several test cases are called 'one'; give each"),
    "a character that no source may have": ("name = 'q3'\0", r"q3\.py.*null bytes"),
}


@pytest.mark.parametrize(("text", "told"), NAMES.values(), ids=NAMES)
def test_names_in_a_test_file(text: str, told: str, tmp_path: Path) -> None:
    """A test file has the name of its question, and no name stands for two test cases, however it is written."""
    (tmp_path / "q3.py").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=told):
        check_names(tmp_path, ["q3"])
    (tmp_path / "q3.py").write_text(NAMED.format('name = "q3"', "two"), encoding="utf-8")
    check_names(tmp_path, ["q3"])


def test_a_function_of_the_reference_solution_has_a_docstring(tmp_path: Path) -> None:
    """Students read it in the handout."""
    (tmp_path / "one.py").write_text("def init(model):\n    return model\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"one\.py: init has no docstring; the stub in the handout needs one"):
        read_reference(tmp_path, {"init": "q3"}, {"STEPS": 3})


@pytest.mark.slow
def test_the_handout_is_in_the_zip_only_for_written_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known about the handout serves to find written answers. Without such questions it is left out."""
    ours = project()
    assert HANDOUT_FILE in ours.autograder_files()
    monkeypatch.setitem(vars(ours), "questions", list(ours.settings.points))  # as if every question had test cases
    assert HANDOUT_FILE not in ours.autograder_files()


def test_a_trial_tells_the_error_of_a_test_case(tmp_path: Path) -> None:
    """What a test case itself raises is told with its line, for its author."""
    path = write_cases(tmp_path, one="init") / "q3.py"
    text = path.read_text(encoding="utf-8").replace("init() == 1", "init().shape")
    ((earned, _, told),) = trial.try_out(notebook("def init(): return 1"), {path.name: text.encode()}).values()
    assert earned == 0
    assert told == "one: AttributeError: 'int' object has no attribute 'shape'\n    in test_0: assert init().shape"


def test_a_trial_that_gives_no_marks_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial without test files shows why it failed; one that takes too long says how long it may take."""
    with pytest.raises(BuildError, match=r"could not be tried out:\n[\s\S]*there are no test files"):
        trial.try_out(notebook("x = 1"), {})
    monkeypatch.setattr(trial, "_LIMIT", 0.05)
    with pytest.raises(BuildError, match=r"took longer than 0\.05 s"):
        trial.try_out(notebook("x = 1"), {})
