"""Hints that a check knows for certain when it refuses an answer."""

from collections.abc import Iterable
from typing import Any

from autograder.checking import Mistake, kind_of

from .hint import Hint, only_one

FACTS = {
    hint.key: hint
    for hint in (
        Hint(
            "nothing-returned",
            "Is a return missing, perhaps in one branch of an if? Printing or storing the loss is not enough.",
        ),
        Hint("pair-returned", "Return only the loss. Store everything else in the model."),
        Hint(
            "not-stored",
            "In forward, assign it to the parameter model itself: a local variable, or an attribute of anything "
            "else, is not stored in the model.",
        ),
        Hint("yield", "A function that contains yield does nothing when it is called: write return in place of yield."),
        Hint("async", "A function that begins with async does nothing when it is called: leave out async."),
        Hint("recursion", "Use a loop over the time steps: sequences are up to 2000 steps long."),
        Hint("half-precision", "The numbers have half precision (float16): use numpy's default, float64."),
        Hint(
            "x-changed",
            "Operators such as -= and assignments to parts of x change the caller's array: copy x first.",
        ),
        Hint(
            "x-reshaped-in-place", "x.shape = ... changes the caller's array: use x.reshape, which returns a new one."
        ),
        Hint(
            "y-changed",
            "y[...] = ... and operators such as *= change the caller's labels, even after np.asarray or np.atleast_1d: "
            "copy y first.",
        ),
        Hint(
            "weights-changed",
            "forward must only read the weights: W, R and V must be the same after a call as before it.",
        ),
        Hint("z-first-output", "Only some of the K logits are stored: store V a(T) with all K entries."),
    )
}

#: Types of the values that a function returns without running its body.
_NOT_RUN = {"generator": "yield", "async_generator": "yield", "coroutine": "async"}


def not_run_hints(returned: Iterable[Any]) -> tuple[Hint, ...]:
    """Return why calls have not run the function at all; nothing if they have."""
    return only_one(FACTS[_NOT_RUN[kind]] for value in returned if (kind := kind_of(value)) in _NOT_RUN)


def mistake(text: str, key: str) -> Mistake:
    """Return a Mistake with the words of one of these hints at its end."""
    return Mistake(f"{text} {FACTS[key].words}")
