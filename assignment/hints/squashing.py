"""Functions that are used in place of tanh."""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf

import numpy as np

from ..checks.sequences import Array
from .hint import Hint

#: A function of the sums s(t), applied to each entry.
Squash = Callable[[Array], Array]

RIGHT_SQUASH: Squash = np.tanh

_OTHER_FUNCTION = Hint("other-activation", "The activation function is {function}, but it should be tanh.")


@dataclass(frozen=True)
class Other:
    """A function that is not tanh."""

    hint: Hint
    function: Squash


def _sigmoid(s: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-s)))


def _called(name: str, function: Squash) -> Other:
    return Other(_OTHER_FUNCTION.about(function=name), function)


SQUASHES = (
    Other(Hint("no-tanh", "tanh is missing: the activation is tanh(s(t)), not the sum s(t) itself."), lambda s: s),
    _called("the sigmoid", _sigmoid),
    _called("ReLU", lambda s: np.maximum(s, 0)),
    Other(Hint("tanh-twice", "tanh is applied twice in each step."), lambda s: np.tanh(np.tanh(s))),
    Other(
        Hint("s-clipped", "The sum s(t) is clipped before tanh: tanh does not need this."),
        lambda s: np.tanh(np.clip(s, -1, 1)),
    ),
    Other(
        Hint("tanh-formula", "This is tanh(s / 2), as if a formula had e^s in place of e^(2s): use np.tanh."),
        lambda s: np.tanh(s / 2),
    ),
    Other(Hint("tanh-negated", "tanh has the wrong sign: use np.tanh."), lambda s: -np.tanh(s)),
    Other(
        Hint("tanh-derivative", "This is 1 - tanh^2, the derivative of tanh: use tanh itself."),
        lambda s: 1 - np.tanh(s) ** 2,
    ),
    _called("clipping to [-1, 1]", lambda s: np.clip(s, -1, 1)),
    _called("the positive part of tanh", lambda s: np.maximum(np.tanh(s), 0)),
    _called("a normalisation over the hidden units", lambda s: (s - s.mean()) / s.std()),
    _called("tanh of sums that are normalised over the hidden units", lambda s: np.tanh((s - s.mean()) / s.std())),
    _called("leaky ReLU", lambda s: np.where(s > 0, s, 0.01 * s)),
    _called("leaky ReLU", lambda s: np.where(s > 0, s, 0.1 * s)),
    _called("leaky ReLU", lambda s: np.where(s > 0, s, 0.2 * s)),
    _called("ELU", lambda s: np.where(s > 0, s, np.expm1(np.minimum(s, 0)))),
    _called("softplus", lambda s: np.logaddexp(0, s)),
    _called("softsign", lambda s: s / (1 + np.abs(s))),
    _called("s / sqrt(1 + s^2)", lambda s: s / np.sqrt(1 + s**2)),
    _called("the arctangent", np.arctan),
    _called("the tangent", np.tan),
    _called("the sine", np.sin),
    _called("the cosine", np.cos),
    _called("the hyperbolic sine", np.sinh),
    _called("the hyperbolic cosine", np.cosh),
    _called("1 / tanh", lambda s: 1 / np.tanh(s)),
    _called("the exponential function", np.exp),
    _called("SiLU", lambda s: s * _sigmoid(s)),
    _called("the error function", np.vectorize(erf)),
    _called("GELU", lambda s: s * (1 + np.vectorize(erf)(s / np.sqrt(2))) / 2),
    _called("the sign", np.sign),
    _called("a step from 0 to 1", lambda s: (s > 0).astype(float)),
    _called("softmax", lambda s: np.exp(s - s.max()) / np.sum(np.exp(s - s.max()))),
    _called("the absolute value of tanh", lambda s: np.abs(np.tanh(s))),
    _called("tanh(2 s)", lambda s: np.tanh(2 * s)),
    _called("1.7159 tanh(2 s / 3)", lambda s: 1.7159 * np.tanh(2 * s / 3)),
    _called("2 sigma(s)", lambda s: 2 * _sigmoid(s)),
    _called("log(1 + |s|) with the sign of s", lambda s: np.sign(s) * np.log1p(np.abs(s))),
    _called("the cube", lambda s: s**3),
    _called("the square", lambda s: s**2),
)
