"""Mistaken networks: what ``model.a`` would be if the inputs, the recurrence or the activation function were others.

A network is made of four parts, and each part has its mistakes. Networks with one mistake are looked at first, then
those with two. One is recognised if it gives a student's numbers for all problems, and no other with as few mistakes
does.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..checks.sequences import Array, Problem
from .hint import Hint
from .squashing import RIGHT_SQUASH, SQUASHES, Squash


@dataclass(frozen=True)
class Net:
    """How activations come about: a(t) = squash(W x(t) + R carried(a(t - lag)))."""

    x: Array
    W: Array
    R: Array
    V: Array
    squash: Squash = RIGHT_SQUASH
    start: float = 0.0
    """Every entry of a(0)."""
    lag: int = 1
    carried: Callable[["Net", Array, Array], Array] = lambda network, s, a: network.R @ a
    """What the sums and activations of the step before contribute to the sum."""
    split: Callable[["Net", Array, Array, Array], Array] | None = None
    """Makes a(t) from W x(t), what is carried, and a(t-1), where that is not the activation function of the sum."""
    first: Squash | None = None
    """The activation function of the first step, if it is another one."""
    skipped: int = 0
    """How many steps at the beginning are left out; their activations are 0."""

    def run(self, steps: int | None = None) -> tuple[Array, Array]:
        """Run over the sequence, or its first steps.

        Returns:
            s(1) ... s(T) and a(1) ... a(T), both of shape (T, I).

        Raises:
            ValueError: the shapes do not fit. Those of a transposed matrix fit only if it is square.
        """
        zero = np.full(len(self.R), self.start)
        sums, rows = [zero] * self.lag, [zero] * self.lag
        for t, x in enumerate(self.x[:steps]):
            drive, back = self.W @ x, self.carried(self, sums[-self.lag], rows[-self.lag])
            s = drive + back
            squash = self.first if self.first and t == 0 else self.squash
            a = self.split(self, drive, back, rows[-1]) if self.split else squash(s)
            sums.append(s if t >= self.skipped else 0 * s)
            rows.append(a if t >= self.skipped else 0 * s)
        return np.array(sums[self.lag :]), np.array(rows[self.lag :])

    def activations(self, steps: int | None = None) -> Array:
        """The activations a(1) ... a(T), of shape (T, I)."""
        return self.run(steps)[1]


@dataclass(frozen=True)
class Slip:
    """One mistake in one part of a network."""

    hint: Hint | None
    """None if this is the right way."""
    change: Callable[[Net], Net]


def right_network(problem: Problem) -> Net:
    """The right network for a problem."""
    return Net(problem.x, problem.W, problem.R, problem.V)


def _with(**changes: Any) -> Callable[[Net], Net]:
    return lambda network: replace(network, **changes)


def _reading(order: Callable[[Array], Array]) -> Callable[[Net], Net]:
    return lambda network: replace(network, x=order(network.x))


def _late(x: Array) -> Array:
    return np.vstack([np.zeros(x.shape[1]), x[:-1]])


def _by_columns(x: Array) -> Array:
    if x.shape[0] != x.shape[1]:
        raise ValueError("the columns are no inputs")
    return x.T


_RIGHT = Slip(None, lambda network: network)
_SCALED = Hint("inputs-scaled", "x is scaled or shifted before it is used: use it as it is passed.")
_BACKWARDS = Hint(
    "input-reversed", "The sequence is read from its end to its beginning: begin with x(1), the first row of x."
)
_W_SCALED = Hint("w-scaled", "W is scaled before it is used: take it as it is in the model.")
ROW_AND_COLUMN = Hint(
    "row-and-column",
    "It looks as if an array of shape (I, 1) is added to one of shape (I,), which makes a matrix of shape (I, I): keep "
    "W x(t) and R a(t-1) in the same shape.",
)
LATE = Hint("input-late", "The inputs are one step late: a(t) is computed from x(t-1), but it needs x(t).")
_EARLY = Hint("input-early", "The inputs are one step early: a(t) is computed from x(t+1), but it needs x(t).")
FIRST_SKIPPED = Hint("first-step-skipped", "The first step is skipped: x(1) is never used. The first index of x is 0.")
_NO_R = Hint("r-missing", "The recurrent term R a(t-1) is missing from the sum s(t).")

#: In which order, and how, x(t) is read.
INPUTS = (
    _RIGHT,
    Slip(_BACKWARDS, _reading(lambda x: x[::-1])),
    Slip(LATE, _reading(_late)),
    Slip(LATE, _reading(lambda x: np.vstack([x[:1], x[:-1]]))),
    Slip(LATE, _reading(lambda x: np.roll(x, 1, axis=0))),
    Slip(_EARLY, _reading(lambda x: np.roll(x, -1, axis=0))),
    Slip(_EARLY, _reading(lambda x: np.vstack([x[1:], np.zeros(x.shape[1])]))),
    Slip(_EARLY, _reading(lambda x: np.vstack([x[1:], x[-1:]]))),
    Slip(
        Hint("last-input-only", "Every step reads the last input x(T): take the row of x that belongs to the step."),
        _reading(lambda x: np.tile(x[-1], (len(x), 1))),
    ),
    Slip(
        Hint("first-input-only", "Every step reads the first input x(1): take the row of x that belongs to the step."),
        _reading(lambda x: np.tile(x[0], (len(x), 1))),
    ),
    Slip(
        Hint("x-reshaped", "x is reshaped, but it should be transposed: now the inputs of several steps are mixed up."),
        _reading(lambda x: x.reshape(x.shape[::-1]).T),
    ),
    Slip(
        Hint("x-by-columns", "x is read by columns, but its shape is (T, D): the input x(t) is a row of x."),
        _reading(_by_columns),
    ),
    Slip(_SCALED, _reading(lambda x: x - x.mean())),
    Slip(_SCALED, _reading(lambda x: x - x.mean(axis=0))),
    Slip(_SCALED, _reading(lambda x: x - x.mean(axis=1, keepdims=True))),
    Slip(_SCALED, _reading(lambda x: (x - x.mean()) / x.std())),
    Slip(_SCALED, _reading(lambda x: (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8))),
    Slip(_SCALED, _reading(lambda x: (x - x.mean(axis=0)) / (x.std(axis=0, ddof=1) + 1e-8))),
    Slip(_SCALED, _reading(lambda x: (x - x.mean(axis=1, keepdims=True)) / (x.std(axis=1, keepdims=True) + 1e-8))),
    Slip(_SCALED, _reading(lambda x: x / np.abs(x).max())),
    Slip(_SCALED, _reading(lambda x: x / x.max())),
    Slip(_SCALED, _reading(lambda x: x / np.abs(x).max(axis=0))),
    Slip(_SCALED, _reading(lambda x: (x - x.min()) / (x.max() - x.min()))),
    Slip(_SCALED, _reading(lambda x: (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0)))),
    Slip(_SCALED, _reading(lambda x: x / np.linalg.norm(x, axis=1, keepdims=True))),
    Slip(_SCALED, _reading(lambda x: x / np.linalg.norm(x))),
    Slip(_SCALED, _reading(lambda x: x / 2)),
    Slip(_SCALED, _reading(lambda x: x / 255)),
    Slip(_SCALED, _reading(np.tanh)),
    Slip(
        Hint("inputs-added-up", "Each step gets the sum of all inputs so far: use x(t) alone."),
        _reading(lambda x: np.cumsum(x, axis=0)),
    ),
    Slip(
        Hint("x-rounded", "The inputs are rounded or turned into integers first: use x as it is passed."),
        _reading(np.trunc),
    ),
)

#: What W x(t) is.
DRIVES = (
    _RIGHT,
    Slip(
        Hint("w-transposed", "W is transposed: the sum needs W x(t), with the rows of W."),
        lambda network: replace(network, W=network.W.T),
    ),
    Slip(
        Hint("w-reshaped", "W is reshaped, but it should be used as it is: the sum needs W x(t)."),
        lambda network: replace(network, W=network.W.reshape(network.W.shape[::-1]).T),
    ),
    Slip(
        Hint("w-r-swapped", "W and R are swapped: W belongs to the input x(t), R to the activation a(t-1)."),
        lambda network: replace(network, W=network.R, R=network.W),
    ),
    Slip(_W_SCALED, lambda network: replace(network, W=network.W / np.sqrt(network.W.shape[1]))),
    Slip(_W_SCALED, lambda network: replace(network, W=network.W / network.W.shape[1])),
    Slip(_W_SCALED, lambda network: replace(network, W=network.W / np.linalg.norm(network.W))),
)


def _logits(network: Net, a: Array) -> Array:
    return network.V @ a


def _predictions(network: Net, a: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-network.V @ a)))


_FED_BACK = Hint(
    "output-fed-back", "The output of the step before is fed back into the sum: only a(t-1) comes back, through R."
)
_SCALED_R = Hint("r-scaled", "R is scaled before it is used: take it as it is in the model.")
_KEEPS = Hint("leaky", "A part of a(t-1) is added to a(t), outside tanh: a(t) is tanh(s(t)) alone.")
_SPLIT = Hint("tanh-around-parts", "Apply tanh to the whole sum W x(t) + R a(t-1), not to its parts.")


def _keeping(share: float, rest: float) -> Callable[[Net], Net]:
    return _with(split=lambda n, drive, back, a: share * a + rest * n.squash(drive + back))


#: What of the steps before enters the sum.
RECURRENCES = (
    _RIGHT,
    Slip(
        Hint("r-transposed", "R is transposed: the sum needs R a(t-1), with the rows of R."),
        lambda network: replace(network, R=network.R.T),
    ),
    Slip(_NO_R, _with(carried=lambda n, s, a: 0 * a)),
    Slip(
        Hint("r-not-multiplied", "a(t-1) is added to the sum without R: the sum needs R a(t-1)."),
        _with(carried=lambda n, s, a: a),
    ),
    Slip(
        Hint("r-negated", "R a(t-1) has the wrong sign in the sum s(t)."),
        lambda network: replace(network, R=-network.R),
    ),
    Slip(
        Hint("r-diagonal", "Only the diagonal of R is used: the sum needs the matrix product of R and a(t-1)."),
        _with(carried=lambda n, s, a: np.diag(n.R) * a),
    ),
    Slip(
        Hint("r-twice", "R is used twice in a step: the sum needs R a(t-1) once."),
        lambda network: replace(network, R=network.R @ network.R),
    ),
    Slip(
        Hint("s-fed-back", "The sum s(t-1) is fed back instead of the activation a(t-1)."),
        _with(carried=lambda n, s, a: n.R @ s),
    ),
    Slip(
        Hint("tanh-twice", "tanh is applied twice to what is fed back: R needs a(t-1) itself."),
        _with(carried=lambda n, s, a: n.R @ np.tanh(a)),
    ),
    Slip(
        Hint("lag-two", "The recurrence goes back two steps: R needs a(t-1), not a(t-2). Check the index."),
        _with(lag=2),
    ),
    Slip(_FED_BACK, _with(carried=lambda n, s, a: n.R @ a + n.V.T @ _predictions(n, a) * bool(np.any(a)))),
    Slip(_FED_BACK, _with(carried=lambda n, s, a: n.R @ a + n.V.T @ _predictions(n, a))),
    Slip(_FED_BACK, _with(carried=lambda n, s, a: n.R @ a + n.V.T @ _logits(n, a))),
    Slip(_FED_BACK, _with(carried=lambda n, s, a: n.R @ a + np.sum(_logits(n, a)))),
    Slip(_FED_BACK, _with(carried=lambda n, s, a: n.V.T @ _logits(n, a))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / np.max(np.abs(np.linalg.eigvals(n.R))))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / np.linalg.norm(n.R, 2))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / np.linalg.norm(n.R))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / np.sqrt(len(n.R)))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / len(n.R))),
    Slip(_SCALED_R, lambda n: replace(n, R=n.R / 2)),
    *(Slip(_KEEPS, _keeping(share, 1 - share)) for share in (0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 0.75, 0.8, 0.9)),
    *(Slip(_KEEPS, _keeping(share, 1)) for share in (0.1, 0.5, 0.9, 1)),
    Slip(_SPLIT, _with(split=lambda n, drive, back, a: n.squash(drive) + back)),
    Slip(_SPLIT, _with(split=lambda n, drive, back, a: n.squash(drive) + n.squash(back))),
    Slip(_SPLIT, _with(split=lambda n, drive, back, a: drive + n.squash(back))),
    Slip(
        Hint("first-tanh-missing", "a(1) is stored without tanh: the first step needs it, too."),
        _with(first=SQUASHES[0].function),
    ),
    Slip(
        Hint("starts-from-ones", "The recursion starts from ones: a(0) is zero."),
        _with(start=1.0),
    ),
    Slip(
        Hint("starts-unset", "a(0) has values that were never set. np.empty does not set them: use np.zeros."),
        _with(start=-6.3e66),  # such numbers stand there during grading
    ),
    Slip(FIRST_SKIPPED, _with(skipped=1)),
)


#: What is used in place of tanh.
OTHER_ACTIVATIONS = (_RIGHT, *(Slip(other.hint, _with(squash=other.function)) for other in SQUASHES))
