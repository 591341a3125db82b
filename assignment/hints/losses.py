"""Why the loss is wrong at ordinary logits, given the logit: which formula it is instead, or of which time step.

The formulas here are the plain ones, which overflow at large logits. Those have hints of their own, in ``extremes``.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ..checks.sequences import Array, close
from .hint import Hint, only_one
from .seen import LARGE, SeenCall

#: log(1 + e^z) as a function of z: as it is for ordinary logits, and its limit max(0, z) for extreme ones.
Plus = Callable[[Array], Array]

#: A formula of the logits and labels, both of shape (K,).
Formula = Callable[[Array, Array, Plus], Array]


def _sigma(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _plus(z: Array) -> Array:
    return np.asarray(np.log1p(np.exp(z)))


def _limit(z: Array) -> Array:
    return np.maximum(0, z)


def entropy(z: Array, y: Array, plus: Plus) -> Array:
    """The binary cross-entropy of labels and logits."""
    return np.asarray(plus(z) - y * z)


_REVERSED = Hint("label-reversed", "This is the loss of the other label: for y = 1 it should be small if z is large.")
_UNUSED = Hint("label-unused", "The label is not used: the loss is the same for y = 0 and y = 1.")
_DERIVATIVE = Hint(
    "derivative-returned", "This is the derivative of the loss with respect to z: return the loss itself."
)
_SQUARED = Hint("squared-error", "This is a squared error, but the loss should be the binary cross-entropy.")
_BASE = Hint("wrong-logarithm", "The logarithm has the wrong base: use the natural one, as in np.log and np.logaddexp.")
_MAX_TERM = Hint("max-term-missing", "The term max(0, z) is missing from the loss.")
_MIN = Hint(
    "min-for-max",
    "It looks as if max(0, z) has been replaced by another function: check the sign of z, and that it is max, not min.",
)
_NO_MAX = Hint(
    "z-for-max", "z stands where max(0, z) should be: write np.maximum(0, z), since np.max(z, 0) is something else."
)
_LOG_TERM = Hint("log-term-missing", "The term log(1 + e^-|z|) is missing from the loss.")
_EXP_ABS = Hint("exp-plus-abs", "A minus sign is missing from the exponent: the loss needs e^-|z|, not e^|z|.")
_ABS = Hint(
    "abs-missing", "It looks as if the exponent is z in place of -|z|: together with max(0, z), the loss needs e^-|z|."
)
_ABS_OR_MAX = Hint(
    "abs-or-max",
    "Either the exponent is -z in place of -|z|, or there is |z| in place of max(0, z): the loss needs both, max(0, z) "
    "and e^-|z|.",
)
_LOG1P = Hint("log-of-exp-only", "The 1 in log(1 + e^-|z|) is missing: np.log1p(u) adds it, np.log(u) does not.")
_LOG_SIGN = Hint("log-term-negated", "The term log(1 + e^-|z|) has the wrong sign.")
_ONE_TERM = Hint(
    "one-label-only", "It looks as if only one of the terms for y = 1 and y = 0 is there: the cross-entropy has both."
)
_TWICE = Hint("sigmoid-twice", "The sigmoid is applied twice: L(z, y) takes the logit z, not the prediction.")
_BESIDE = Hint(
    "wrong-term-beside-log",
    "The logarithm and the term beside it do not match: compare the sign of the exponent with your derivation.",
)
_PROBABILITY = Hint(
    "probability-returned",
    "Apart from the sign, this is the probability of the label: the loss is its negative logarithm.",
)
_SMOOTHED = Hint("label-smoothed", "The label is smoothed: use y itself.")
_ONE_MORE = Hint("log1p-of-one-more", "np.log1p(u) is log(1 + u) already: do not add 1 again.")
_SUBTRACTED = Hint("terms-subtracted", "The terms for y = 1 and y = 0 are subtracted from each other: add them.")
_ACCURACY = Hint("accuracy-returned", "This says whether the prediction is right: return the loss.")

#: The loss as it is with each mistake.
FORMULAS: list[tuple[Hint, Formula]] = [
    (_REVERSED, lambda z, y, plus: entropy(z, 1 - y, plus)),
    (_UNUSED, lambda z, y, plus: plus(z)),
    (Hint("abs-in-label-term", "The term with the label has |z| where it should have z."),
     lambda z, y, plus: plus(z) - y * np.abs(z)),
    (Hint("plus-y-z", "The term with the label has the wrong sign."), lambda z, y, plus: plus(z) + y * z),
    (Hint("minus-y", "The label is not multiplied by z."), lambda z, y, plus: plus(z) - y),
    (_EXP_ABS, lambda z, y, plus: np.maximum(0, z) - y * z + plus(np.abs(z))),
    (_ABS_OR_MAX, lambda z, y, plus: np.maximum(0, z) - y * z + plus(-z)),
    (_ABS, lambda z, y, plus: np.maximum(0, z) - y * z + plus(z)),
    (_MAX_TERM, lambda z, y, plus: plus(-np.abs(z)) - y * z),
    (_MIN, lambda z, y, plus: np.minimum(0, z) - y * z + plus(-np.abs(z))),
    (_MIN, lambda z, y, plus: np.maximum(0, -z) - y * z + plus(-np.abs(z))),
    (_MIN, lambda z, y, plus: np.maximum(1, z) - y * z + plus(-np.abs(z))),
    (_MIN, lambda z, y, plus: -np.maximum(0, z) - y * z + plus(-np.abs(z))),
    (_NO_MAX, lambda z, y, plus: z - y * z + plus(-np.abs(z))),
    (_NO_MAX, lambda z, y, plus: z.max() - y * z + plus(-np.abs(z))),
    (_LOG_TERM, lambda z, y, plus: np.maximum(0, z) - y * z),
    (_LOG1P, lambda z, y, plus: np.maximum(0, z) - y * z - np.abs(z)),
    (_LOG1P, lambda z, y, plus: np.maximum(0, z) - y * z + np.exp(-np.abs(z))),
    (_ONE_MORE, lambda z, y, plus: np.maximum(0, z) - y * z + np.log1p(1 + np.exp(-np.abs(z)))),
    (_ONE_MORE, lambda z, y, plus: np.log1p(1 + np.exp(z)) - y * z),
    (Hint("minus-in-log", "There is a minus in place of the plus in log(1 + e^-|z|)."),
     lambda z, y, plus: np.maximum(0, z) - y * z + np.log1p(-np.exp(-np.abs(z)))),
    (_LOG_SIGN, lambda z, y, plus: np.maximum(0, z) - y * z - plus(-np.abs(z))),
    (Hint("loss-negated", "The loss has the wrong sign: is the minus in front of the cross-entropy missing?"),
     lambda z, y, plus: -entropy(z, y, plus)),
    (_ONE_TERM, lambda z, y, plus: y * plus(-z)),
    (_ONE_TERM, lambda z, y, plus: (1 - y) * plus(z)),
    (Hint("label-taken-as-one", "The loss is that of the label 1, whatever y is."), lambda z, y, plus: plus(-z)),
    (_SUBTRACTED, lambda z, y, plus: y * plus(-z) - (1 - y) * plus(z)),
    (_SUBTRACTED, lambda z, y, plus: (1 - y) * plus(z) - y * plus(-z)),
    (_BESIDE, lambda z, y, plus: plus(-z) - (1 - y) * z),
    (_BESIDE, lambda z, y, plus: plus(z) + (1 - y) * z),
    (Hint("one-minus-y-missing", "The factor 1 - y is missing before log(1 - yhat)."),
     lambda z, y, plus: y * plus(-z) + plus(z)),
    (Hint("y-missing", "The factor y is missing before log(yhat)."), lambda z, y, plus: plus(-z) + (1 - y) * plus(z)),
    (Hint("one-minus-log", "There is 1 - log(yhat) in place of log(1 - yhat)."),
     lambda z, y, plus: y * plus(-z) - (1 - y) * (1 + plus(-z))),
    (_PROBABILITY, lambda z, y, plus: -y * _sigma(z) - (1 - y) * _sigma(-z)),
    (Hint("labels-plus-minus-one", "log(1 + e^(-y z)) is for labels -1 and 1, but here y is 0 or 1."),
     lambda z, y, plus: plus(-y * z)),
    (Hint("labels-plus-minus-one-in-z", "The labels are turned into -1 and 1, but the formula needs 0 and 1."),
     lambda z, y, plus: plus(z) - (2 * y - 1) * z),
    (Hint("prediction-returned", "This is the prediction sigma(z): return the loss."), lambda z, y, plus: _sigma(z)),
    (_PROBABILITY, lambda z, y, plus: y * _sigma(z) + (1 - y) * _sigma(-z)),
    (Hint("logit-returned", "This is the logit z(T): return the loss."), lambda z, y, plus: z),
    (_DERIVATIVE, lambda z, y, plus: _sigma(z) - y),
    (_DERIVATIVE, lambda z, y, plus: y - _sigma(z)),
    (Hint("absolute-error", "This is an absolute error, but the loss should be the binary cross-entropy."),
     lambda z, y, plus: np.abs(_sigma(z) - y)),
    (_SQUARED, lambda z, y, plus: (_sigma(z) - y) ** 2),
    (_SQUARED, lambda z, y, plus: (_sigma(z) - y) ** 2 / 2),
    (_SQUARED, lambda z, y, plus: (z - y) ** 2),
    (_SQUARED, lambda z, y, plus: (z - y) ** 2 / 2),
    (Hint("hinge-loss", "This is a hinge loss, but the loss should be the binary cross-entropy."),
     lambda z, y, plus: np.maximum(0, 1 - (2 * y - 1) * z)),
    (_ACCURACY, lambda z, y, plus: ((z > 0) == (y == 1)).astype(float)),
    (_ACCURACY, lambda z, y, plus: ((z > 0) != (y == 1)).astype(float)),
    (_BASE, lambda z, y, plus: entropy(z, y, plus) / np.log(2)),
    (_BASE, lambda z, y, plus: entropy(z, y, plus) / np.log(10)),
    (_BASE, lambda z, y, plus: np.maximum(0, z) - y * z + plus(-np.abs(z)) / np.log(2)),
    (_BASE, lambda z, y, plus: np.maximum(0, z) - y * z + plus(-np.abs(z)) / np.log(10)),
    (_BASE, lambda z, y, plus: np.logaddexp2(0, z) - y * z),
    (Hint("loss-halved", "The loss is divided by two."), lambda z, y, plus: entropy(z, y, plus) / 2),
    (Hint("loss-doubled", "The loss is counted twice."), lambda z, y, plus: 2 * entropy(z, y, plus)),
    (Hint("loss-exponential", "This is e^L: return L itself."), lambda z, y, plus: np.exp(entropy(z, y, plus))),
    (_TWICE, lambda z, y, plus: entropy(_sigma(z), y, _plus)),
    (Hint("loss-of-tanh", "tanh is applied to the logit before the loss: L(z, y) takes z itself."),
     lambda z, y, plus: entropy(np.tanh(z), y, _plus)),
    (Hint("entropy-of-prediction", "The label is not used: this is the entropy of the prediction."),
     lambda z, y, plus: _sigma(z) * plus(-z) + _sigma(-z) * plus(z)),
    (_SMOOTHED, lambda z, y, plus: entropy(z, 0.9 * y + 0.05, plus)),
    (_SMOOTHED, lambda z, y, plus: entropy(z, 0.8 * y + 0.1, plus)),
    (_SMOOTHED, lambda z, y, plus: entropy(z, 0.98 * y + 0.01, plus)),
    (Hint("focal-loss", "This is a focal loss, but the loss should be the binary cross-entropy."),
     lambda z, y, plus: np.abs(_sigma(z) - y) ** 2 * entropy(z, y, plus)),
]  # fmt: skip

#: The loss of other time steps, or of several.
OVER_TIME: list[tuple[Hint, Callable[[Array], Array]]] = [
    (Hint("loss-mean-over-time", "This is the mean over all time steps: only the last counts."), lambda L: L.mean(0)),
    (Hint("loss-sum-over-time", "This is the sum over all time steps: only the last counts."), lambda L: L.sum(0)),
    (Hint("loss-of-first-step", "This is the loss of the first time step: return that of the last."), lambda L: L[0]),
    (Hint("loss-of-step-before", "This is the loss of step T-1: return that of the last step."), lambda L: L[-2]),
    (Hint("loss-of-all-steps", "These are the losses of all time steps: return only the last one."), np.ravel),
    (Hint("loss-divided-by-T", "The loss is divided by the number of time steps."), lambda L: L[-1] / len(L)),
    (Hint("loss-times-T", "The loss is multiplied by the number of time steps."), lambda L: L[-1] * len(L)),
    (Hint("loss-greatest-over-time", "This is the largest loss of all time steps: return that of the last step."),
     lambda L: L.max(0)),
]  # fmt: skip

#: The loss of several outputs.
OVER_OUTPUTS: list[tuple[Hint, Callable[[Array], Array]]] = [
    (Hint("loss-product", "The losses of the outputs are multiplied: return them all, their sum or their mean."),
     lambda L: np.prod(L, keepdims=True)),
    (Hint("loss-greatest", "This is the largest of the K losses: return them all, their sum or their mean."),
     lambda L: np.max(L, keepdims=True)),
    (Hint("loss-first-output", "This is the loss of the first output only: return them all, their sum or their mean."),
     lambda L: L[:1]),
    (Hint("loss-last-output", "This is the loss of the last output only: return them all, their sum or their mean."),
     lambda L: L[-1:]),
    (Hint("loss-divided-by-K", "The mean of the losses is divided by K a second time."),
     lambda L: L.mean(keepdims=True) / len(L)),
]  # fmt: skip
_ONE_LOGARITHM = Hint(
    "one-logarithm-for-all",
    "All outputs share one logarithm: give logsumexp or logaddexp.reduce the axis of the two terms, so that each "
    "output has its own.",
)
_PAIRS = Hint(
    "loss-of-all-pairs", "Labels and logits do not have the same shape, so each label is combined with each logit."
)
_ONE_LABEL = Hint(
    "one-label-for-all", "The outputs share one label, but each has a label of its own: y[k] for output k."
)
#: The losses that several outputs have together, when each has none of its own, or one with another's label.
TOGETHER: list[tuple[Hint, Callable[[Array, Array], Array]]] = [
    (Hint("loss-of-softmax", "This is the loss of softmax over the outputs, but each output has a sigmoid of its own."),
     lambda z, y: np.asarray(y * (np.logaddexp.reduce(z) - z))),
    (Hint("logits-added-up", "The logits are added up before the loss is taken: each logit has a loss of its own."),
     lambda z, y: entropy(z.sum(), y.sum(), _plus)),
    (Hint("logits-averaged", "The mean of the logits is taken before the loss: each logit has a loss of its own."),
     lambda z, y: entropy(z.mean(), y.mean(), _plus)),
    (Hint("labels-in-reverse", "The labels are in the reverse order of the logits: y[k] belongs to output k."),
     lambda z, y: entropy(z, y[::-1], _plus)),
]  # fmt: skip
_ONE_MAX = Hint("one-max-for-all", "max(0, z) is taken over all outputs together: np.maximum takes it for each.")
_ALWAYS_THE_SAME = Hint("constant-returned", "The same number is returned whatever the input is.")
_LOSS_ROUNDED = Hint("loss-rounded", "The loss is rounded: return it as it is. Is it kept in an array made like y?")
_LOGIT_ROUNDED = Hint("logit-rounded", "The logit is rounded before the loss is taken: use the logit as it is.")
_THRESHOLD = Hint("threshold-too-low", "log(1 + e^z) is replaced by z at a logit that is not large enough for that.")

_OF_SEVERAL = (*(hint for hint, _ in OVER_OUTPUTS), *(hint for hint, _ in TOGETHER))


def loss_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why finite losses are wrong for these logits; nothing if they are right or if it is not certain."""
    told = [(seen, loss) for seen in every if (loss := seen.loss) is not None and np.all(np.isfinite(loss))]
    with np.errstate(all="ignore"):
        if all(is_right(seen, loss) for seen, loss in told):
            return ()
        if len(told) > 3 and np.ptp([loss.sum() for _, loss in told]) == 0:
            return (_ALWAYS_THE_SAME,)
        found: set[tuple[Hint, int]] | None = None
        for seen, loss in told:
            others = _other_losses(seen, found)
            K = len(seen.problem.V)
            fitting = {(hint, number) for hint, number, other in others if _same_losses(loss, other, K)}
            if K == 1 and is_right(seen, loss):
                fitting |= {(hint, -1) for hint in (_PAIRS, _ONE_MAX, _ONE_LABEL, _ONE_LOGARITHM, *_OF_SEVERAL)}
            found = fitting if found is None else found & fitting
            if not found:
                return _partly(told)
    return only_one(hint for hint, _ in found or ())


def _same_losses(own: Array, losses: Array, K: int) -> bool:
    """Whether numbers are these losses or, if there is one for each of the K outputs, their sum or their mean."""
    losses = np.asarray(losses, dtype=np.float64).ravel()
    options = [losses] if losses.size > K else [losses, losses.sum(keepdims=True), losses.mean(keepdims=True)]
    return any(own.shape == option.shape and close(own, option) for option in options)


def is_right(seen: SeenCall, loss: Array) -> bool:
    """Whether a loss is that of one of the logits that may be right."""
    K = len(seen.problem.V)
    return any(_same_losses(loss, entropy(z, seen.labels, _plus_for(z)), K) for z in _likely_logits(seen))


def _plus_for(z: Array) -> Plus:
    return _limit if np.min(np.abs(z)) > LARGE else _plus


def _likely_logits(seen: SeenCall) -> list[Array]:
    """The logits that the loss may come from: the student's own, and those of the activations."""
    own = [] if seen.z is None else [seen.z]
    return [*own, *seen.logits]


def _other_losses(seen: SeenCall, wanted: set[tuple[Hint, int]] | None) -> Iterator[tuple[Hint, int, Array]]:
    """The loss with each mistake, or each of some, and the number of its formula."""
    y = seen.labels
    for z in _likely_logits(seen)[:2]:
        plus = _plus_for(z)
        for number, (hint, formula) in enumerate(FORMULAS):
            if wanted is None or (hint, number) in wanted:
                yield hint, number, formula(z, y, plus)
        yield from ((_LOGIT_ROUNDED, digits, entropy(np.round(z, digits), y, plus)) for digits in range(4))
        losses = entropy(z, y, plus)
        if seen.loss is not None and np.allclose(seen.loss, np.round(seen.loss, 6), atol=1e-12):
            yield from ((_LOSS_ROUNDED, -1, np.round(losses, digits)) for digits in range(7))
            yield _LOSS_ROUNDED, -1, np.trunc(losses)
        if len(z) > 1:
            yield from ((hint, -1, way(losses)) for hint, way in OVER_OUTPUTS)
            yield from ((hint, -1, way(z, y)) for hint, way in TOGETHER)
            together = np.logaddexp.reduce([*(0 * z), *z]) - y * z
            yield from ((_ONE_LOGARITHM, -1, way) for way in (together, together.sum(), together.mean()))
            pairs = entropy(z, y[:, None], plus)
            yield from ((_PAIRS, -1, way) for way in (pairs, pairs.sum(), pairs.mean()))
            yield from ((_ONE_LABEL, -1, entropy(z, label + 0 * y, plus)) for label in np.unique(y))
            yield _ONE_MAX, -1, np.maximum(0, z.max()) - y * z + plus(-np.abs(z))
    logits = seen.a @ seen.problem.V.T
    every = np.array([entropy(z, y, _plus_for(z)) for z in logits])
    for hint, way in OVER_TIME:
        if len(every) > 1 or hint.key != "loss-of-step-before":
            yield hint, -1, way(every)
        else:
            yield hint, -1, entropy(0 * y, y, _plus)


def _partly(told: Sequence[tuple[SeenCall, Array]]) -> tuple[Hint, ...]:
    """Return a hint if only losses at larger logits are wrong, because they lack the logarithm."""
    single = [(seen, loss) for seen, loss in told if loss.size == 1 and len(seen.problem.V) == 1]
    right = [abs(seen.logits[0][0]) for seen, loss in single if is_right(seen, loss)]
    wrong = [(seen, loss) for seen, loss in single if not is_right(seen, loss)]
    without = all(close(loss, entropy(seen.logits[0], seen.labels, _limit)) for seen, loss in wrong)
    return (_THRESHOLD,) if right and wrong and without else ()
