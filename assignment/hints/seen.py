"""What calls of ``forward`` returned and stored, as numbers of whatever shape, and what follows from it."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.checking import Mistake, number_of

from ..checks.sequences import Array, Output, Problem
from .network import right_network

#: From here on, log(1 + e^-|z|) is nothing next to the tolerances.
LARGE = 30.0


@dataclass(frozen=True)
class SeenCall:
    """One call of ``forward``."""

    output: Output

    @property
    def problem(self) -> Problem:
        """The input of the call."""
        return self.output.problem

    @property
    def failed(self) -> bool:
        """Whether the call raised an error or did not return."""
        return self.output.answer.mistake is not None

    def numbers(self, name: str) -> Array | None:
        """The numbers in an attribute of the model, or in what was returned (``loss``), in whatever shape."""
        answer = self.output.answer
        value = answer.returned if name == "loss" else answer.attributes.get(name)
        with suppress(Mistake, ValueError):
            array = number_of(value, name)
            return array.astype(np.float64) if array.dtype != np.float16 else array
        return None

    @cached_property
    def right(self) -> tuple[Array, Array]:
        """The right sums s(1) ... s(T) and activations a(1) ... a(T), both of shape (T, I)."""
        return right_network(self.problem).run()

    @cached_property
    def rows(self) -> Array | None:
        """The student's activations, if they are finite and have the shape (T, I), or are such a list of columns."""
        return self.shaped(self.numbers("a"))

    def shaped(self, array: Array | None) -> Array | None:
        """An array as one of shape (T, I); None if it does not have this shape or that of a list of columns."""
        T, I = len(self.problem.x), len(self.problem.R)
        if array is None or array.shape not in {(T, I), (T, I, 1), (T, 1, I)} or not np.all(np.isfinite(array)):
            return None
        return array.astype(np.float64).reshape(T, I)

    @cached_property
    def a(self) -> Array:
        """The activations to go on from, of shape (T, I): the student's own if there are any, or the right ones."""
        return self.right[1] if self.rows is None else self.rows

    @property
    def logits(self) -> list[Array]:
        """The logits V a(T) that may be right, each of shape (K,): for the student's activations, and the right one."""
        return [self.problem.V @ a[-1] for a in (self.a, self.right[1])]

    @cached_property
    def z(self) -> Array | None:
        """The student's logit, if it is finite and has K entries."""
        array, K = self.numbers("z"), len(self.problem.V)
        if array is None or array.size != K or not np.all(np.isfinite(array)):
            return None
        return array.astype(np.float64).reshape(K)

    @property
    def loss(self) -> Array | None:
        """The numbers that were returned, in one row."""
        array = self.numbers("loss")
        return None if array is None or not array.size else array.astype(np.float64).ravel()

    @property
    def is_large(self) -> bool:
        """Whether the logit is so large that formulas overflow, or that only one of their terms is left."""
        return bool(np.max(np.abs(self.logits[1])) > LARGE)

    @property
    def labels(self) -> Array:
        """The labels, of shape (K,)."""
        return np.atleast_1d(np.asarray(self.problem.y, dtype=np.float64))


def same_input(one: Problem, other: Problem) -> bool:
    """Whether two problems have the same weights and the same sequence; the labels may differ."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("W", "R", "V", "x"))
