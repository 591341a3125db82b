"""Hints: what a mistake would have given, and how a hint gets into a message."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from assignment.hints.draws import draw_hints
from assignment.hints.hint import Hint, add_hints, hinted, only_one
from autograder.checking import Mistake
from tests.support.corpus import read_corpus
from tests.support.hints import all_hints, keys_in

ONE, OTHER = Hint("one", "It is one."), Hint("other", "It is the other.")


def _fail(cases: AbstractContextManager[Iterator[int]]) -> None:
    with cases as answers:
        next(answers)
        raise Mistake("Wrong.")


def test_a_hint_is_added_only_if_the_case_fails() -> None:
    """The answers that the case has not read are read for the hint, and nothing is looked for where it passes."""
    asked: list[list[int]] = []

    def diagnose(answers: list[int]) -> tuple[Hint, ...]:
        asked.append(answers)
        return (ONE,)

    with hinted([1, 2, 3], diagnose) as answers:
        assert next(answers) == 1
    assert asked == []
    with pytest.raises(Mistake, match=r"^Wrong\. It is one\.$"):
        _fail(hinted([1, 2, 3], diagnose))
    assert asked == [[1, 2, 3]]


def test_where_several_causes_fit_none_is_named() -> None:
    """One hint is given once, and of two different ones neither."""
    assert only_one([ONE, ONE]) == (ONE,)
    assert only_one([ONE, OTHER]) == only_one([]) == ()


def test_a_hint_is_not_added_twice() -> None:
    """A message that has the words already stays as it is."""
    mistake = Mistake("Wrong. It is one.")
    add_hints(mistake, [ONE])
    assert str(mistake) == "Wrong. It is one."


def test_no_words_of_a_hint_are_part_of_those_of_another() -> None:
    """So a message tells which hint it has."""
    words = {hint.words for hint in all_hints()}
    assert len(words) > 100
    assert [one for one, other in permutations(words, 2) if one in other] == []


def test_every_hint_is_shown() -> None:
    """A submission of the corpus has each hint in its header, or a test of hints expects it."""
    named = set().union(*(entry.hints for kind in ("correct", "wrong") for entry in read_corpus(kind)))
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*hints.py"))
    assert sorted(key for hint in all_hints() if (key := hint.key) not in named and f'"{key}"' not in tests) == []


def test_a_message_tells_the_key_of_its_hint() -> None:
    """The words of each hint are recognised, and no other hint in them."""
    for hint in all_hints():
        assert keys_in(f"Wrong. {hint.words}") == {hint.key}


BOUND = 0.01
DRAWS = {
    "normal": lambda rng: rng.normal(0, BOUND, (60, 100)),
    "only-positive": lambda rng: rng.uniform(0, BOUND, (60, 100)),
    "only-negative": lambda rng: rng.uniform(-BOUND, 0, (60, 100)),
    "range-too-wide": lambda rng: rng.uniform(-0.02, 0.02, (60, 100)),
    "range-too-narrow": lambda rng: rng.uniform(-0.005, 0.005, (60, 100)),
    "range-too-narrow, with both signs": lambda rng: np.outer([1, -1], rng.uniform(-0.005, 0.005, 3000)),
    "range-lopsided": lambda rng: rng.uniform(-0.01, 0.02, (60, 100)),
    "range-lopsided, few negative": lambda rng: rng.uniform(-0.0002, 0.0198, (60, 100)),
    "range-lopsided, few positive": lambda rng: rng.uniform(-0.0198, 0.0002, (60, 100)),
    "range-lopsided, few outside": lambda rng: rng.uniform(-0.0099, 0.0101, (60, 100)),
    "draws-centred": lambda rng: (draws := rng.uniform(-BOUND, BOUND, (60, 100))) - draws.mean(),
    "draws-centred, by row": lambda rng: (draws := rng.random((60, 100)) / 50) - draws.mean(axis=1, keepdims=True),
    "draws-clipped": lambda rng: np.clip(rng.normal(0, BOUND, (60, 100)), -BOUND, BOUND),
    "bell-shaped": lambda rng: BOUND * (rng.random((60, 100)) - rng.random((60, 100))),
    "few-values": lambda rng: rng.choice([-BOUND, BOUND], (60, 100)),
    "draws-rounded": lambda rng: np.round(rng.uniform(-BOUND, BOUND, (60, 100)), 4),
    "zeros": lambda rng: np.zeros((60, 100)),
}


@pytest.mark.parametrize("key", DRAWS)
def test_a_distribution_is_recognised(key: str) -> None:
    """Each kind of draws gets its hint, whatever the seed."""
    for seed in range(5):
        draws = DRAWS[key](np.random.default_rng(seed))
        assert [hint.key for hint in draw_hints("W", draws, BOUND)] == [key.split(",")[0]]


def test_right_draws_get_no_hint() -> None:
    """Uniform draws from the right range are nothing else."""
    for seed in range(20):
        assert draw_hints("W", np.random.default_rng(seed).uniform(-BOUND, BOUND, (60, 100)), BOUND) == ()
