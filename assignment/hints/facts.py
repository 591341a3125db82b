"""Hints that a check knows for certain when it refuses an answer."""

from autograder.checking import Mistake

from .hint import Hint

FACTS = {
    hint.key: hint
    for hint in (
        Hint("nothing-returned", "Is a return missing? Printing or storing the loss is not enough."),
        Hint("pair-returned", "Return only the loss. Store everything else in the model."),
        Hint(
            "not-stored",
            "Assign to it in forward, on the model that is passed: a local variable is lost after the call.",
        ),
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
            "y[...] = ... and operators such as *= change the caller's labels, also after np.asarray or np.atleast_1d: "
            "copy y first.",
        ),
        Hint("weights-changed", "forward must only read the weights: W, R and V are the same after a call as before."),
        Hint("z-first-output", "Only some of the K logits are stored: store V a(T) with all K entries."),
    )
}


def mistake(text: str, key: str) -> Mistake:
    """Return a Mistake with the words of one of these hints at its end."""
    return Mistake(f"{text} {FACTS[key].words}")
