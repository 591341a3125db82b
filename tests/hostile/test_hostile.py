"""Hostile submissions never succeed, in any setting, and a correct submission after each still gets full marks.

Those that use nothing of the machine are tried once. The others are tried as root, as an ordinary user, and, in
``test_hostile_containers.py``, in containers.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.hostile import builders
from tests.hostile.attacks import Hostile, is_python, read_hostile
from tests.hostile.driver import Result, run_shared
from tests.hostile.secrets import leaks
from tests.hostile.start import FOLDER, main, make_bundle, no_namespaces_for_all, on_machine, unavailable

pytestmark = pytest.mark.slow

ENTRIES = read_hostile(FOLDER)

#: The submissions that are tried in each setting on this machine.
TRIED = {"root": ENTRIES, "user": [entry for entry in ENTRIES if entry.reach != "answers"]}

#: Where the grader's folder is.
MACHINE_PLACE = "/mnt/autograder"

#: Submissions that show that the checks notice every kind of success, each with the start of its finding.
BITING = {
    "environment_variables": "leak: the secret of environment",
    "frames_to_the_reference": "marks: 20 in q5",
    "graders_archive": "harm: /mnt/autograder/autograder.zip was",
    "carry_through_signals": "harm: signal",
    "lies_in_wait": "left behind: process",
    "audit_hook_swaps_files": "afterwards: a correct submission gets",
    "signals_to_the_grader": "crash: the grading process was ended",
}

Results = dict[str, Result]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tar with the grader and the worker."""
    return make_bundle(tmp_path_factory.mktemp("hostile") / "bundle.tar")


@pytest.fixture(scope="module")
def on_this_machine(bundle: Path) -> dict[str, Results]:
    """The results of each submission, as root and as an ordinary user. Four workers, which mostly wait, share it."""
    names = {setting: [entry.name for entry in tried] for setting, tried in TRIED.items() if not unavailable(setting)}
    with ThreadPoolExecutor() as pool:
        runs = {setting: pool.submit(_run_here, setting, bundle, part) for setting, part in names.items()}
        return {setting: run.result() for setting, run in runs.items()}


def _run_here(setting: str, bundle: Path, names: list[str], grader: str = "project") -> Results:
    return run_shared([on_machine(setting, bundle, number) for number in range(2)], names, MACHINE_PLACE, grader)


def test_corpus_is_large_enough() -> None:
    """There are at least 60 hostile submissions with different titles, and their cells are valid Python."""
    assert len(ENTRIES) >= 60
    assert len({entry.title for entry in ENTRIES}) == len(ENTRIES)
    assert [entry.name for entry in ENTRIES if not is_python(entry)] == []


def test_an_attack_that_does_not_exist(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names it and starts nothing; only the setting is required."""
    for words, told in {
        ("root", "--verbose", "absent"): "there is no attack absent in",
        (): "arguments are required: setting\n",
    }.items():
        monkeypatch.setattr("sys.argv", ["start", *words])
        with pytest.raises(SystemExit, match="2"):
            main()
        assert told in capsys.readouterr().err


def test_every_builder_is_used() -> None:
    """Each builder is named by an entry, and each builder that an entry names exists."""
    named = {entry.builder for entry in ENTRIES if entry.builder}
    made_here = {n for n, f in vars(builders).items() if getattr(f, "__module__", "") == builders.__name__}
    assert named == {name for name in made_here if not name.startswith("_")}


@pytest.mark.parametrize(
    ("entry", "setting"),
    [pytest.param(entry, setting, id=f"{entry.name}-{setting}") for setting, part in TRIED.items() for entry in part],
)
def test_attack_fails_on_this_machine(entry: Hostile, setting: str, on_this_machine: dict[str, Results]) -> None:
    """A hostile submission does not achieve what its header calls a success."""
    reason = unavailable(setting)
    if setting == "user" and entry.reach == "neighbours":
        reason = reason or no_namespaces_for_all()
    if reason:
        pytest.skip(reason)
    assert on_this_machine[setting][entry.name]["findings"] == []


@pytest.fixture(scope="module")
def without_wall(bundle: Path) -> Results:
    """The results of some submissions with a grader that has no defences."""
    if reason := unavailable("root"):
        pytest.skip(reason)
    return _run_here("root", bundle, list(BITING), "naive")


@pytest.mark.parametrize("name", BITING)
def test_attack_succeeds_without_a_wall(name: str, without_wall: Results) -> None:
    """With a grader that has no defences, the same submissions succeed, and the checks notice it."""
    assert any(finding.startswith(BITING[name]) for finding in without_wall[name]["findings"])


def test_the_grader_without_a_wall_works(without_wall: Results) -> None:
    """After an attack that changes nothing, the grader without defences gives a correct submission full marks."""
    assert not any(finding.startswith("afterwards") for finding in without_wall["environment_variables"]["findings"])


@pytest.mark.parametrize(
    "shown",
    [
        "zq70123456789abcdef",
        "xx fedcba98765432",
        "7a71373031323334353637383961",
        "enE3MDEyMzQ1Njc4OWFiY2RlZg",
        "zq7-0123-4567-89ab",
    ],
    ids=["plain", "reversed", "hex", "base64", "in pieces"],
)
def test_leaks_are_found_in_every_spelling(shown: str) -> None:
    """A secret in the output for a student is found, however it is encoded."""
    assert leaks(f"the answer is {shown}!", {"a place": "zq70123456789abcdef"}, {}) == ["leak: the secret of a place"]


def test_numbers_are_no_leaks_by_chance() -> None:
    """Digits and sizes of hidden inputs are found. Other numbers and sizes are not reported."""
    numbers = {"31415926": "a case", "_3_5_2_": "another"}
    assert leaks("x is 3.1415926", {}, numbers) == ["leak: a number of a case: 31415926"]
    assert leaks("D_3_5_2_", {}, numbers) == ["leak: a number of another: _3_5_2_"]
    assert leaks("3.14159 and 2718281828, (3, 5, 2)", {}, numbers) == []
