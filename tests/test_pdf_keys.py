"""The keys about PDFs in otter_config.json: which need each other, and what they change in the zips."""

import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import BuildError, SettingsError
from autograder.settings import PLUGIN, parse
from autograder.zips.archive import write_zip
from autograder.zips.leaks import check_no_leaks
from autograder.zips.sources import Sources
from tests.entry.stand_in import StandIn, running
from tests.support.corpus import ROOT
from tests.support.samples import config, copy_project

TOKEN = "zq7.secret/token+=="
KEYS: dict[str, Any] = {"token": TOKEN, "course_id": 56, "assignment_id": "789"}
LOCK = "requirements.written.txt"


def refusal(**keys: object) -> str:
    with pytest.raises(SettingsError) as caught:
        parse(json.dumps(config() | keys), "the-file.json")
    assert TOKEN not in str(caught.value)
    return str(caught.value)


def sources_with(folder: Path, **keys: object) -> Sources:
    path = folder / "otter_config.json"
    path.write_text(json.dumps(config() | keys), encoding="utf-8")
    return Sources(ROOT, path)


@pytest.mark.parametrize(
    "keys",
    [KEYS, {"pdf": True}, KEYS | {"pdf": True}, KEYS | {"warn_missing_pdf": True}, {"pdf": True, "filtering": True},
     {"pdf": True, "pagebreaks": True}, dict.fromkeys(KEYS)],
)  # fmt: skip
def test_taken(keys: dict[str, Any]) -> None:
    """A token with both numbers, or ``pdf`` alone, and what says more about PDFs."""
    parse(json.dumps(config() | keys))


@pytest.mark.parametrize("given", [*combinations(KEYS, 1), *combinations(KEYS, 2)], ids="+".join)
def test_incomplete(given: tuple[str, ...]) -> None:
    """One key without the others is refused. The message names what is missing and says where to find it."""
    missing = next(key for key in KEYS if key not in given)
    message = refusal(**{key: KEYS[key] for key in given})
    assert f"'{given[0]}' is set and '{missing}' is not" in message
    where = {"token": "get_token()", "course_id": "'courses/'", "assignment_id": "'assignments/'"}
    assert where[missing] in message
    assert message.endswith(f"or remove '{given[0]}'")


@pytest.mark.parametrize("key", ["filtering", "pagebreaks", "warn_missing_pdf"])
def test_about_pdfs_that_are_not_made(key: str) -> None:
    """A key that says something about PDFs is refused where none are made."""
    assert f"'{key}' is about PDFs of written answers, but none are made: set 'pdf', or the keys" in refusal(
        **{key: 1 > 0}
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("token", ""), ("token", "two words"), ("token", f"{TOKEN}\n"), ("token", 7), ("course_id", "56/../57"),
     ("course_id", 0), ("assignment_id", "https://www.gradescope.com/courses/1"), ("assignment_id", 1.5),
     ("pdf", "yes")],
)  # fmt: skip
def test_wrong_value(key: str, value: object) -> None:
    """A value that cannot be one is refused; the message names the key."""
    assert f"'{key}': expected" in refusal(**KEYS | {key: value})


@pytest.mark.slow
def test_the_command_that_gets_a_token(tmp_path: Path) -> None:
    """The one on the page and in the message logs in with email address and password, and prints a token."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    (code,) = re.findall(r'`python -c "(.*get_token.*)"`', page)
    assert f'python -c "{code}"' in refusal(course_id=1, assignment_id=2)
    with running(StandIn(tmp_path)) as server:
        environment = os.environ | server.environment()
        done = subprocess.run([sys.executable, "-c", code], input="ada@example.org\nsecret\n", text=True, check=True,
                              capture_output=True, env=environment, start_new_session=True)  # fmt: skip
    assert done.stdout.strip().endswith("token of email=ada%40example.org&password=secret")


@pytest.mark.parametrize("more", [{"pdf": True}, KEYS], ids=["pdf", "token"])
def test_nothing_is_written(more: dict[str, Any], tmp_path: Path) -> None:
    """PDFs cannot be asked for where every question has test cases."""
    points = {question: 1 for question in ("q3", "q4", "q5")}
    path = tmp_path / "otter_config.json"
    path.write_text(json.dumps(config(points=points)), encoding="utf-8")
    Sources(ROOT, path).check()
    path.write_text(json.dumps(config(points=points) | more), encoding="utf-8")
    with pytest.raises(BuildError, match="ask for PDFs of written answers, but every question has test cases"):
        Sources(ROOT, path).check()


@pytest.mark.slow
def test_a_handout_without_a_place_for_answers(tmp_path: Path) -> None:
    """A question whose answers cannot be found in a notebook cannot be in a PDF."""
    lost = config()["plugins"][0][PLUGIN]["points"] | {"essay": 5}
    path = tmp_path / "otter_config.json"
    path.write_text(json.dumps(config(points=lost)), encoding="utf-8")
    Sources(ROOT, path).autograder_files()
    path.write_text(json.dumps(config(points=lost) | {"pdf": True}), encoding="utf-8")
    with pytest.raises(BuildError, match="no PDF can be made: the handout has no cell for the answer to essay"):
        Sources(ROOT, path).autograder_files()


@pytest.mark.slow
def test_the_lock_is_in_the_zip_only_then(tmp_path: Path) -> None:
    """autograder.zip lists what PDFs need if the settings ask for PDFs; nothing else changes but the settings."""
    plain = sources_with(tmp_path).autograder_files()
    assert LOCK not in plain
    (first, second) = (sources_with(tmp_path, **KEYS).autograder_files() for _ in range(2))
    assert first == second
    assert {name for name in first if plain.get(name) != first[name]} == {LOCK, "otter_config.json"}
    assert b"pypandoc-binary==" in first[LOCK]
    assert plain.keys() < first.keys()


@pytest.mark.slow
def test_students_get_the_same_zip(tmp_path: Path) -> None:
    """What students get does not depend on these keys."""
    assert sources_with(tmp_path).student_files() == sources_with(tmp_path, **KEYS).student_files()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["README.md", "exercises/exercises_1_and_2.py"])
def test_a_token_in_the_students_zip(place: str, tmp_path: Path) -> None:
    """A build finds the token wherever it stands in student.zip, and does not print it."""
    root = copy_project(tmp_path)
    (root / "otter_config.json").write_text(json.dumps(config() | KEYS), encoding="utf-8")
    path = root / "assignment" / place
    text = path.read_text(encoding="utf-8")
    changed = (
        f"{text}\n{TOKEN}\n"
        if place.endswith(".md")
        else text.replace("# %% [markdown]\n", f"# %% [markdown]\n# {TOKEN}\n", 1)
    )
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    sources = Sources(root, root / "otter_config.json")
    write_zip(tmp_path / "student.zip", sources.student_files())
    with pytest.raises(BuildError, match=r"student.zip: .* shows the token of otter_config.json") as caught:
        check_no_leaks(tmp_path / "student.zip", sources)
    assert TOKEN not in str(caught.value)
