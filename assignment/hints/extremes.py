"""Why the loss is wrong at extreme logits: what overflows, or what is clipped."""

from collections.abc import Sequence

import numpy as np

from .hint import Hint
from .losses import is_right, loss_hints
from .seen import LARGE, SeenCall

_LOG_0 = Hint(
    "log-of-prediction",
    "The logarithm of the prediction is taken, and that is log 0 here: write the loss in terms of the logit z.",
)
_E_Z = Hint("exp-overflow", "e^z overflows at a large positive logit: the stable form has e^-|z|.")
_E_MINUS_Z = Hint("exp-minus-overflow", "e^-z overflows at a large negative logit: the stable form has e^-|z|.")
_E_BOTH = Hint(
    "exp-both-overflow",
    "At large logits of either sign, an exponential overflows or a logarithm of 0 is taken: the stable form has "
    "e^-|z|.",
)
_QUOTIENT = Hint(
    "exp-quotient", "The sigmoid is e^z / (1 + e^z), which is inf / inf here: the stable form does not need it."
)
_PREDICTION = Hint(
    "prediction-clipped",
    "It looks as if the prediction is clipped, or a small number is added inside the logarithm: the stable form needs "
    "neither.",
)
_DIGITS = Hint(
    "digits-lost",
    "Where the prediction is nearly 1, hardly any digits of 1 - yhat are left: write the loss in terms of the logit z.",
)
_CUT_OFF = Hint(
    "cut-off",
    "It looks as if the logit or the loss is capped at some maximum: the stable form does not need this.",
)
_REPLACED = Hint(
    "nan-replaced", "inf or nan is replaced by another number: that hides the overflow, but the loss is still wrong."
)
_ZERO = Hint(
    "zero-when-large",
    "The loss is 0 at large logits, whatever the label is: for one of the labels it should be as large as the logit.",
)

#: Between these, e^|z| overflows, and e^-|z| is not yet 0, so that its logarithm is finite.
_ONLY_EXP, _LOG_0_TOO = 710.0, 744.0

#: 1 - sigma(z) is 0 from z = 37 on. e^z overflows from z = 89 on with 32 bits, and from z = 710 on with 64.
_SIGMA_IS_1, _SIGMA_IS_1_EXACTLY = 80.0, 37.0


def extreme_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why the loss at large logits is wrong; nothing if it is right or if it is not certain."""
    told = [(seen, seen.loss[0]) for seen in every if seen.loss is not None and seen.loss.size == 1]
    large = [(seen, float(loss)) for seen, loss in told if seen.is_large and len(seen.problem.V) == 1]
    finite = [(seen, loss) for seen, loss in large if np.isfinite(loss)]
    usual = [seen for seen, _ in told if not seen.is_large]
    if found := loss_hints(usual):
        return found
    with np.errstate(all="ignore"):
        wrong = [(seen, loss) for seen, loss in finite if not _is_near(seen, loss)]
        if len(finite) < len(large):
            return () if wrong else _overflow(large)
        return _cut(wrong, finite) if wrong else ()


def _is_near(seen: SeenCall, loss: float) -> bool:
    """Whether a loss is right, but perhaps for rounding with 32 bits."""
    z = float(seen.logits[0][0])
    wanted = max(0.0, z) - float(seen.problem.y) * z
    return is_right(seen, np.array([loss])) or abs(loss - wanted) < 1e-6 * abs(z)


def _overflow(large: Sequence[tuple[SeenCall, float]]) -> tuple[Hint, ...]:
    odd = [(float(seen.logits[1][0]), float(seen.problem.y)) for seen, loss in large if not np.isfinite(loss)]
    above = [
        (float(seen.logits[1][0]), loss) for seen, loss in large if not np.isfinite(loss) and seen.logits[1][0] > 0
    ]
    sizes = [abs(float(seen.logits[1][0])) for seen, _ in large]
    if above and min(z for z, _ in above) < _SIGMA_IS_1:
        if not any(np.isinf(loss) for z, loss in above if z < _SIGMA_IS_1):
            return ()
        last = [loss for z, loss in above if z > 710]
        return (_QUOTIENT,) if last and all(np.isnan(last)) else (_LOG_0,)
    right_sides = {np.sign(z) for z, label in odd if (z > 0) == (label == 1)}
    if min(sizes) > _SIGMA_IS_1:  # then nothing tells an overflow from log 0
        return ()
    if not right_sides:
        between = [loss for seen, loss in large if _ONLY_EXP < abs(seen.logits[1][0]) < _LOG_0_TOO]
        return (_LOG_0,) if between and np.all(np.isfinite(between)) else ()
    return (_E_BOTH,) if len(right_sides) == 2 else (_E_Z,) if above else (_E_MINUS_Z,)


def _cut(wrong: Sequence[tuple[SeenCall, float]], finite: Sequence[tuple[SeenCall, float]]) -> tuple[Hint, ...]:
    """Return which clipping gives these finite losses at large logits."""
    losses = np.array([loss for _, loss in wrong])
    sizes = np.array([abs(float(seen.logits[0][0])) for seen, _ in wrong])
    if np.any(np.abs(losses) > 1e30):
        return (_REPLACED,)
    if np.all(losses == 0):
        return (_ZERO,) if any(loss > LARGE for _, loss in finite) else ()
    if sizes.max() < _SIGMA_IS_1_EXACTLY and np.all(np.abs(losses - sizes) < 2):
        return () if np.all(losses == np.trunc(losses)) else (_DIGITS,)  # or it is cut off to whole numbers
    high = losses[losses > 1]
    if not high.size or np.ptp(high) > 0.02 * high.max() or np.any(sizes[losses > 1] < high.max()):
        return ()
    digits = high.max() / np.log(10)
    if abs(digits - round(digits)) < 0.02 or 36 < high.max() < 37.5:
        return (_PREDICTION,)
    return (_CUT_OFF,)
