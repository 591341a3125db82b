"""What another zip can change: only what is sure is called sure."""

import json
from dataclasses import replace

import pytest

from autograder.comparing.effects import Effect, effect_of
from autograder.settings import parse
from autograder.zips.reading import ZipContent
from tests.support.samples import config

CASES = """
POINTS = {"q3": 4}

@test_case(name="one", points=POINTS["q3"] / 2, hidden=True)
def test_one(init):
    assert init() == 1
"""


def content(cases: str = CASES, **settings: object) -> ZipContent:
    """What is in a zip."""
    text = json.dumps(config(**settings))
    return ZipContent(text, parse(text), {"q3.py": cases.encode()})


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        ("", "", Effect.NOTHING),
        ("# a comment", "", Effect.POINTS),
        ('"q3": 4', '"q3": 6', Effect.POINTS),
        ("/ 2", "/ 4", Effect.POINTS),
        ("hidden=True", "hidden=False", Effect.ANYTHING),
        ("== 1", "== 2", Effect.ANYTHING),
        ('name="one"', 'name="two"', Effect.ANYTHING),
        ("\ndef test_one", "\n@print\ndef test_one", Effect.ANYTHING),
        ("LIMIT = max(1, 2)", "", Effect.ANYTHING),
        ("def broken(:", "", Effect.ANYTHING),
        ("\0", "", Effect.ANYTHING),
    ],
)
def test_test_files(old: str, new: str, effect: Effect) -> None:
    """Points and comments change no outcome; anything else of a test file may."""
    cases = CASES.replace(old, new) if old in CASES else f"{CASES}\n{old}\n"
    assert effect_of(content(), content(cases)) is effect


def test_points_beside_other_things() -> None:
    """Other points are seen as such beside calls and decorators that have nothing to do with points."""
    more = CASES.replace("\ndef test_one", "\n@staticmethod\ndef test_one") + "\nLIMIT = max(1, 2)\n"
    assert effect_of(content(more), content(more.replace('"q3": 4', '"q3": 6'))) is Effect.POINTS


def test_another_test_file() -> None:
    """A test file that is there only before or only now may change any outcome."""
    one = content()
    assert effect_of(one, replace(one, tests=one.tests | {"q4.py": CASES.encode()})) is Effect.ANYTHING


def test_points_that_a_check_reads() -> None:
    """Where a test file reads its points when it judges, other points may mean another outcome."""
    read = CASES.replace("init() == 1", 'init() == POINTS["q3"]')
    assert effect_of(content(read), content(read.replace('"q3": 4', '"q3": 6'))) is Effect.ANYTHING


@pytest.mark.parametrize(
    ("change", "effect"),
    [
        ({"title": "Other"}, Effect.NOTHING),
        ({"memory_megabytes": 512}, Effect.ANYTHING),
        ({"assignment_name": "other"}, Effect.ANYTHING),
    ],
)
def test_settings(change: dict[str, object], effect: Effect) -> None:
    """A setting that grading does not read changes nothing; any other may."""
    assert effect_of(content(), content(**change)) is effect


def test_a_token_changes_no_mark() -> None:
    """What becomes of PDFs matters to no test case, so that nobody is graded again for it."""
    text = json.dumps(config() | {"token": "abc", "course_id": 1, "assignment_id": "2", "pagebreaks": True})
    assert effect_of(content(), ZipContent(text, parse(text), {"q3.py": CASES.encode()})) is Effect.NOTHING
