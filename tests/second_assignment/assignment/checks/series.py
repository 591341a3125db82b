"""Asking ``smooth``, and comparing what it returns."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.checking import Answer, Mistake, ask, number_of

#: A series and the width of the window.
Problem = tuple[np.ndarray[Any, np.dtype[Any]], int]


def smooth_each(smooth: Any, problems: Sequence[Problem], reveal: bool = False) -> Iterator[tuple[Problem, Answer]]:
    """Ask for all problems; yields each with its answer."""
    return zip(problems, ask(smooth, problems, name="smooth", reveal=reveal), strict=True)


def check_smoothed(answer: Answer, series: Any, right: Any) -> None:
    """Compare an answer with the right one.

    Raises:
        Mistake: says what is wrong, with a likely cause.
    """
    got = number_of(answer.value, "The value that smooth returns")
    if got.shape != series.shape:
        raise Mistake(f"smooth returns {got.size} numbers for {series.size}: the ends have to be there, too.")
    if not np.all(np.isfinite(got)):
        raise Mistake("smooth returns inf or nan: is a window divided by the wrong number?")
    if not np.allclose(got, right):
        inner = np.isclose(got, right)[len(right) // 2]
        raise Mistake("smooth is right in the middle, but not at the ends." if inner else "smooth is wrong.")


def check_unchanged(answer: Answer, series: Any) -> None:
    """The series is as it was.

    Raises:
        Mistake: it is not.
    """
    if not np.array_equal(answer.arguments[0], series):
        raise Mistake("smooth changes the series: work on a copy.")


def draw_problems(seed: int, smooth: Callable[..., Any]) -> list[tuple[Problem, Any]]:
    """Series of several lengths with their right answers."""
    rng = np.random.default_rng(seed)
    problems = [(rng.normal(size=size), width) for size, width in [(1, 3), (4, 5), (30, 3), (200, 9)]]
    return [(problem, smooth(*problem)) for problem in problems]
