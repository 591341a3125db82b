"""Why calls of ``forward`` do nothing or raise errors, as far as the calls that fail reveal it."""

import re
from collections.abc import Sequence

from ..checks.sequences import close
from .facts import not_run_hints
from .hint import Hint
from .seen import SeenCall

_SIZES = Hint(
    "sizes-from-globals",
    "The error names a size that is not T, D, I or K here: it looks as if forward takes a size from another cell. "
    "Take the sizes from x and from the weights.",
)
_ONE_OUTPUT = Hint(
    "one-output-only",
    "It fails only for K > 1. Is there an if, int, float, max or item() that needs a single number, or a fixed size, "
    "as in reshape(1)? For arrays, use np.where and np.maximum, and take the sizes from the weights.",
)
_SEVERAL = Hint("several-outputs-fail", "It fails only for K > 1: there, y is an array of K labels.")
ONE_STEP = Hint(
    "one-step-fails", "It fails for a sequence of one step, T = 1, but not for the longer ones that were tried."
)
ONE_STEP_OR_INPUT = Hint(
    "x-squeezed", "It fails only where T = 1 or D = 1: keep both axes of x, so do not squeeze or flatten it."
)
_LABEL_INDEXED = Hint(
    "label-indexed",
    "For K = 1, y is a plain number, without entries or a shape: np.atleast_1d(y) makes an array of it.",
)
_ORDER = Hint("forward-reordered", "It looks as if the parameters are in another order: it should be model, x, y.")
_LONG = Hint("long-fails", "It fails only for long sequences: is there room for only a fixed number of steps?")
_PAST_END = Hint(
    "past-the-end", "x has T rows, x[0] to x[T-1], and the loop goes further: T is len(x), the first number in x.shape."
)
_MATRIX = Hint(
    "matrix-into-row",
    "a(t) should be I numbers, but here it is a matrix of shape (I, I). The usual causes: R * a, which multiplies "
    "entry by entry, in place of R @ a; or an array of shape (I, 1) that is added to one of shape (I,).",
)
_DICTIONARY = Hint("model-as-dict", 'The model is not a dictionary: write model.W, not model["W"].')


def failure_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why some calls did nothing or raised an error; nothing if none did or if it is not certain."""
    if found := not_run_hints(seen.output.answer.returned for seen in every):
        return found
    failed = [seen for seen in every if seen.failed]
    fine = [seen for seen in every if not seen.failed]
    if not failed:
        return ()
    if all(_fills_a_row_with_a_matrix(seen) for seen in failed):
        return (_MATRIX,)
    if fine:
        return _where(failed, fine)
    if all(_takes_label_apart(seen) for seen in failed):
        return (_LABEL_INDEXED,)
    texts = [_text(seen) for seen in failed]
    if all("object does not support item assignment" in text or "is not subscriptable" in text for text in texts):
        return (_DICTIONARY,) if all("'Model'" in text or "Holder" in text for text in texts) else ()
    if all(re.search(r"'(?:int|float|numpy.ndarray)' object has no attribute '[WRV]'", text) for text in texts):
        return (_ORDER,)
    if _have_one_size_in_common(failed):
        return (_SIZES,)
    if all(f"index {len(seen.problem.x)} is out of bounds for axis 0" in _text(seen) for seen in failed):
        return (_PAST_END,)
    return ()


def _where(failed: Sequence[SeenCall], fine: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return what the calls that failed have in common, if it is something that the others do not have."""
    lengths, others = [len(seen.problem.x) for seen in failed], [len(seen.problem.x) for seen in fine]
    if set(lengths) == {1} and 1 not in others and all(seen.rows is not None for seen in fine):
        return (ONE_STEP,)
    if all(1 in seen.problem.x.shape for seen in failed) and all(1 not in seen.problem.x.shape for seen in fine):
        return (ONE_STEP_OR_INPUT,) if any(seen.problem.x.shape[1] == 1 for seen in failed) else ()
    if min(lengths) > 50 > max(others) and _kind(failed[0]) not in {"", "RecursionError"}:
        return (_LONG,)
    if all(len(seen.problem.V) > 1 for seen in failed) and all(len(seen.problem.V) == 1 for seen in fine):
        return (_ONE_OUTPUT,) if all(_has_stored_all(seen) for seen in failed) else (_SEVERAL,)
    return ()


def _takes_label_apart(seen: SeenCall) -> bool:
    """Whether a line of the student's uses y as an array and fails because y is a number."""
    told = str(seen.output.answer.mistake)
    number = re.search(r"'(?:int|float)' object (?:is not|has no)|of type '(?:int|float)' has no len", told)
    return bool(number and re.search(r"\by[\[.]|\blen\(y\)|\bin y\b", told))


def _fills_a_row_with_a_matrix(seen: SeenCall) -> bool:
    """Whether a call fails because I x I numbers do not fit into a vector of I numbers."""
    units = len(seen.problem.R)
    shapes = (f"({units},{units})", f"({units * units},)")
    return any(f"broadcast input array from shape {shape} into shape ({units},)" in _text(seen) for shape in shapes)


def _has_stored_all(seen: SeenCall) -> bool:
    return seen.z is not None and seen.rows is not None and close(seen.rows, seen.right[1])


def _have_one_size_in_common(failed: Sequence[SeenCall]) -> bool:
    """Whether the errors about shapes name one size in all calls that is in none of their shapes."""
    common: set[int] | None = None
    if len({seen.problem.x.shape for seen in failed}) < 2 and len(failed) < 2:
        return False
    for seen in failed:
        if _kind(seen) not in {"ValueError", "IndexError"}:
            return False
        named = {
            int(number) for number in re.findall(r"(?:size |shapes? |\(|different from |,|with )(\d+)", _text(seen))
        }
        foreign = named - {0, 1, *seen.problem.sizes.values()}
        common = foreign if common is None else common & foreign
    return bool(common)


def _kind(seen: SeenCall) -> str:
    error = getattr(seen.output.answer.mistake, "error", None)
    return str(getattr(error, "kind", type(error).__name__))


def _text(seen: SeenCall) -> str:
    return str(getattr(seen.output.answer.mistake, "error", ""))
