"""Why ``model.z`` is wrong, given the activations: what else the number may be."""

from collections.abc import Iterator, Sequence

import numpy as np

from ..checks.sequences import Array, Problem, close
from .hint import Hint
from .seen import SeenCall

_SIGMOID = Hint("z-after-sigmoid", "model.z is the prediction sigma(z(T)): store the logit, before the sigmoid.")
_ALL = Hint("z-of-all-steps", "model.z holds the logits of all time steps: store only z(T).")
_V_TRANSPOSED = Hint("v-transposed", "V is transposed: the logit needs V a(T), with the rows of V.")
_FIRST_OUTPUT = Hint("z-first-output", "Only the first of the K logits is stored: store all of them.")

#: What model.z is instead of z(T).
LOGIT_HINTS = {
    "tanh": Hint("z-after-tanh", "tanh is applied to the logit: leave it out, as z(T) is just V a(T)."),
    "relu": Hint("z-after-relu", "ReLU is applied to the logit: leave it out, as z(T) is just V a(T)."),
    "log sigma": Hint("z-after-log-sigmoid", "model.z is the logarithm of the prediction: store the logit V a(T)."),
    "softmax": Hint("z-after-softmax", "softmax is applied to the logits: leave it out, as z(T) is just V a(T)."),
    "s": Hint("z-from-s", "The logit is computed from the sum s(T), before tanh: it needs the activation a(T)."),
    "-z": Hint("z-negated", "The logit has the wrong sign."),
    "abs": Hint("z-absolute", "The sign of the logit is lost: z(T) is just V a(T)."),
    "first": Hint("z-of-first-step", "model.z is the logit of the first time step: store that of the last one."),
    "before": Hint("z-of-step-before", "model.z is the logit of step T-1: compute it after the last activation."),
    "mean": Hint("z-mean-over-time", "model.z is the mean of the logits of all time steps: store only z(T)."),
    "sum": Hint("z-sum-over-time", "model.z is the sum of the logits of all time steps: store only z(T)."),
    "class": Hint("z-is-class", "model.z is the predicted class, 0 or 1: store the logit, a real number."),
    "loss": Hint("z-is-loss", "model.z is the loss: store the logit V a(T)."),
    "a": Hint("z-is-a", "model.z is an activation: multiply a(T) by V."),
    "units": Hint("z-not-summed", "V and a(T) are multiplied entry by entry: the logit needs their matrix product."),
    "no V": Hint("z-without-v", "model.z is the sum of the activations: multiply a(T) by V."),
    "label": Hint("z-with-label", "The label is part of model.z: the logit is V a(T) alone."),
    "again": Hint("tanh-before-v", "tanh is applied to a(T) once more before V: the logit is V a(T)."),
    "greatest": Hint(
        "z-from-greatest", "The logit is computed from the largest activations of all steps: it should be V a(T)."
    ),
    "input": Hint("z-from-recurrence", "R is applied to a(T) before V: the logit is V a(T)."),
    "half": Hint("z-scaled", "The logit is multiplied by a constant factor: z(T) is just V a(T)."),
    "shift": Hint("z-shifted", "A constant is added to the logit, like a bias: there are no biases."),
    "by T": Hint("z-divided-by-T", "The logit is divided by the number of time steps: z(T) is just V a(T)."),
    "sign": Hint(
        "z-normalised", "Only the sign of the logit is left: is it divided by its norm or its absolute value?"
    ),
    "e^-|z|": Hint("z-in-exponential", "model.z is e^-|z|, a part of the loss: store the logit V a(T) itself."),
    "rounded": Hint("z-rounded", "model.z is rounded: store the logit as it is."),
}
_NO_LOGIT = Hint(
    "z-zero",
    "model.z holds only zeros: is V a(T) stored in it? An array of whole numbers, such as one with dtype=int, cuts off "
    "the decimals.",
)
_Z_CLIPPED = Hint("z-clipped", "The logit is clipped to a range: store and use it as it is.")


def logit_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why the logits are wrong for these activations; nothing if they are right or it is not certain."""
    raw = [(seen, array) for seen in every if (array := seen.numbers("z")) is not None and array.size]
    wrong = [(seen, array) for seen, array in raw if not _is_right(seen, array)]
    if not wrong:
        return ()
    if not any(np.any(array) for _, array in raw) and {float(np.sign(seen.logits[0][0])) for seen, _ in raw} >= {1, -1}:
        return () if any(seen.failed for seen in every) else (_NO_LOGIT,)  # an error is reason enough
    found: set[Hint] | None = None
    with np.errstate(all="ignore"):
        for seen, array in raw:
            fitting = {hint for hint, other in _other_logits(seen) if _same_logits(array, other)}
            found = fitting if found is None else found & fitting
            if not found:
                break
    if not found and _are_clipped(raw):
        return (_Z_CLIPPED,)
    return tuple(found) if found and len(found) == 1 else _constant(raw)


def _same_logits(own: Array, other: Array) -> bool:
    if own.size != other.size or (own.ndim > 1 and other.ndim > 1 and own.shape != other.shape):
        return False
    return close(own.astype(np.float64).ravel(), np.asarray(other, dtype=np.float64).ravel())


def _is_right(seen: SeenCall, array: Array) -> bool:
    return any(_same_logits(array, logit) for logit in seen.logits)


def _other_logits(seen: SeenCall) -> Iterator[tuple[Hint, Array]]:
    """What the number would be with each mistake, for the student's activations and for the right ones."""
    bases = [seen.a] if seen.rows is None or close(seen.a, seen.right[1]) else [seen.a, seen.right[1]]
    for a in bases:
        yield from _others_of(seen, a)
    yield LOGIT_HINTS["s"], seen.problem.V @ seen.right[0][-1]
    if (loss := seen.loss) is not None:
        yield LOGIT_HINTS["loss"], loss


def _others_of(seen: SeenCall, a: Array) -> Iterator[tuple[Hint, Array]]:
    p = seen.problem
    every = a @ p.V.T
    z = every[-1]
    yield _SIGMOID, 1 / (1 + np.exp(-z))
    yield _SIGMOID, 1 - 1 / (1 + np.exp(-z))
    yield LOGIT_HINTS["tanh"], np.tanh(z)
    yield LOGIT_HINTS["relu"], np.maximum(z, 0)
    yield LOGIT_HINTS["log sigma"], -np.logaddexp(0, -z)
    yield LOGIT_HINTS["softmax"], np.exp(z - z.max()) / np.sum(np.exp(z - z.max()))
    yield LOGIT_HINTS["s"], p.V @ _last_sum(p, a)
    yield LOGIT_HINTS["-z"], -z
    yield LOGIT_HINTS["abs"], np.abs(z)
    yield LOGIT_HINTS["first"], every[0]
    yield LOGIT_HINTS["before"], every[-2] if len(a) > 1 else 0 * z
    yield LOGIT_HINTS["mean"], every.mean(axis=0)
    yield LOGIT_HINTS["sum"], every.sum(axis=0)
    yield LOGIT_HINTS["by T"], z / len(a)
    yield LOGIT_HINTS["sign"], np.sign(z)
    yield LOGIT_HINTS["e^-|z|"], np.exp(-np.abs(z))
    yield LOGIT_HINTS["class"], (z > 0).astype(float)
    yield LOGIT_HINTS["a"], a[-1]
    yield LOGIT_HINTS["no V"], np.array([a[-1].sum()])
    yield LOGIT_HINTS["label"], z * p.y
    yield LOGIT_HINTS["label"], z - p.y
    yield LOGIT_HINTS["input"], p.V @ p.R @ a[-1]
    yield LOGIT_HINTS["units"], p.V * a[-1]
    yield LOGIT_HINTS["again"], p.V @ np.tanh(a[-1])
    yield LOGIT_HINTS["greatest"], p.V @ a.max(axis=0)
    yield _ALL, every
    yield _ALL, every.T
    yield _ALL, 1 / (1 + np.exp(-every))
    if p.V.shape[0] == p.V.shape[1]:
        yield _V_TRANSPOSED, p.V.T @ a[-1]
    if len(z) > 1:
        yield _FIRST_OUTPUT, z[:1]
    if (own := seen.z) is not None and np.allclose(own, np.round(own, 3), atol=1e-9):
        yield from ((LOGIT_HINTS["rounded"], np.round(z, digits)) for digits in range(4))


def _last_sum(problem: Problem, a: Array) -> Array:
    before = a[-2] if len(a) > 1 else np.zeros(len(problem.R))
    return np.asarray(problem.W @ problem.x[-1] + problem.R @ before)


def _are_clipped(raw: Sequence[tuple[SeenCall, Array]]) -> bool:
    """Whether all logits up to some size are right, and all larger ones have that size."""
    own = [(abs(float(array.ravel()[0])), abs(float(seen.logits[0][0]))) for seen, array in raw if array.size == 1]
    top = max((size for size, _ in own), default=0.0)
    cut = [(size, right) for size, right in own if right > top * (1 + 1e-6)]
    if any(np.isclose(right, top, rtol=1e-6) for _, right in own):  # then it may be the result of another call
        return False
    return (
        bool(cut) and len(cut) < len(own) and all(np.isclose(size, min(right, top), rtol=1e-4) for size, right in own)
    )


def _constant(raw: Sequence[tuple[SeenCall, Array]]) -> tuple[Hint, ...]:
    """Return a hint if all logits are off by the same factor, or by the same number."""
    pairs = [(float(array.ravel()[0]), float(seen.logits[0][0])) for seen, array in raw if array.size == 1]
    own, right = np.array(pairs).reshape(-1, 2).T
    if len({round(z, 6) for z in right}) < 2:
        return ()
    with np.errstate(all="ignore"):
        factor, shift = own / right, own - right
    if np.ptp(shift) < 1e-5:
        return (LOGIT_HINTS["shift"],)
    return (LOGIT_HINTS["half"],) if np.all(np.isfinite(factor)) and np.ptp(factor) < 1e-5 else ()
