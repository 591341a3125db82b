"""Why ``init`` stores matrices of other shapes, of other types, or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

import numpy as np

from autograder.checking import Answer, kind_of

from .facts import not_run_hints
from .hint import Hint, only_one

#: The sizes of each matrix, with the lecture's letters: W maps x to s, R maps a to s, V maps a to z.
SHAPES = {"W": ("I", "D"), "R": ("I", "I"), "V": ("K", "I")}

#: Names under which matrices are stored by mistake.
OTHER_NAMES = (
    "w", "r", "v", "Wx", "Wh", "Wy", "Wxh", "Whh", "Why", "W_x", "W_h", "W_y", "W_xh", "W_hh", "W_hy", "Wax", "Waa",
    "Wya", "W_in", "W_rec", "W_out", "U", "Wr", "Wv", "W_R", "W_V", "w_x", "w_h", "w_y", "W1", "W2", "W3", "weights",
    "params",
)  # fmt: skip

_TRANSPOSED = Hint("transposed", "The rows and columns of {names} are swapped.")
_FIXED = Hint(
    "fixed-sizes",
    "A size of {names} is the same in every call: it looks as if it is a fixed number, or comes from another cell. "
    "Take it from the arguments.",
)
_REORDERED = Hint(
    "parameters-reordered", "It looks as if the parameters are in another order: it should be model, D, I, K."
)
_WRONG_SIZE = Hint("wrong-argument", "{names} has shape {shape}: a size is taken from the wrong argument.")
_FLAT = Hint("flattened", "All entries of {names} are in one row: give the shape as a tuple, size=(rows, columns).")
_SQUEEZED = Hint("squeezed", "{names} lost an axis of length one: keep both axes.")
_ONE_OFF = Hint("one-off", "A size of {names} is too small or too large by one.")
_ONE_ARRAY = Hint("one-array", "One array has several names: draw a new array for each of W, R and V.")
_LIST = Hint("not-an-array", "Turn the lists into an array with np.array(...).")
_INTEGERS = Hint("integer-array", "In an array of integers, every number becomes 0: begin with an array of floats.")
_TYPE = Hint("other-type", "Leave out the change of type: the numbers are float64 anyway.")
_OBJECTS = Hint(
    "object-array",
    "The entries are objects, not floats: make an array of floats from the start, for example with "
    "np.empty((rows, columns)), or turn it into one with .astype(float).",
)
_DATA_FRAME = Hint("data-frame", "A DataFrame is not a numpy array: its method to_numpy() returns one.")
_UNDER_OTHER_NAME = Hint("matrix-under-other-name", "There is a matrix model.{name}: the names should be W, R and V.")
_IN_DICTIONARY = Hint(
    "in-a-dictionary", "It looks as if the matrices are in model.{name}: store each as model.W, model.R, model.V."
)
_RETURNED = Hint(
    "returned-not-stored", "The matrices are returned, but they should be stored in the model: write model.W = ..."
)
_OTHER_MODEL = Hint(
    "another-model", "An object is returned: store the matrices on the model that is passed, not on a new one."
)
_NOT_STORED = Hint(
    "matrix-not-stored",
    "Write model.{name} = ... inside init, where model is the parameter itself: a local variable, or an attribute of "
    "anything else, such as a class Model, is not stored in the model.",
)


@dataclass(frozen=True)
class Drawn:
    """One call of ``init``."""

    answer: Answer
    sizes: dict[str, int]
    """The arguments D, I and K by their letters."""

    def shape(self, name: str) -> tuple[int, ...] | None:
        """The shape of a matrix; None if it is not an array."""
        value = self.answer.attributes.get(name)
        return value.shape if isinstance(value, np.ndarray) else None


def matrix_hints(every: Sequence[Drawn]) -> tuple[Hint, ...]:
    """Return why matrices are missing, or have a wrong shape or type; nothing if it is not certain."""
    for name in SHAPES:
        if all(name not in drawn.answer.attributes for drawn in every):
            return _missing(name, every)
    if len(every) > 1 and all(_are_one(drawn.answer.attributes) for drawn in every):
        return (_ONE_ARRAY,)
    shapes = {name: [drawn.shape(name) for drawn in every] for name in SHAPES}
    wrong = [name for name in SHAPES if shapes[name] != [_shape(SHAPES[name], drawn) for drawn in every]]
    if not wrong:
        return _types(every)
    if any(None in shapes[name] for name in wrong):
        return _types(every)
    for order in permutations("DIK"):
        letters = dict(zip("DIK", order, strict=True))
        if len(wrong) == 3 and all(_has_shapes(name, [letters[one] for one in SHAPES[name]], every) for name in SHAPES):
            return (_REORDERED,)
    found = [_of_one(name, every) for name in wrong]
    keys = {hint.key if hint else "" for hint in found}
    if len(keys) > 1 or None in found:
        return ()
    names = " and ".join([", ".join(wrong[:-1]), wrong[-1]] if len(wrong) > 1 else wrong)
    form = next(hint for hint in TEMPLATES if hint.key in keys)
    return only_one(hint if hint.key == "wrong-argument" else form.about(names=names) for hint in found if hint)


TEMPLATES = (_TRANSPOSED, _FIXED, _FLAT, _SQUEEZED, _ONE_OFF, _WRONG_SIZE)


def _shape(letters: Sequence[str], drawn: Drawn) -> tuple[int, ...]:
    return tuple(drawn.sizes[letter] for letter in letters)


def _has_shapes(name: str, letters: Sequence[str], every: Sequence[Drawn]) -> bool:
    return all(drawn.shape(name) == _shape(letters, drawn) for drawn in every)


def _of_one(name: str, every: Sequence[Drawn]) -> Hint | None:
    """Return why one matrix has wrong shapes."""
    letters = SHAPES[name]
    pairs = [(drawn.shape(name) or (), _shape(letters, drawn)) for drawn in every]
    if all(own == right[::-1] for own, right in pairs):
        return _TRANSPOSED
    if all(own == (right[0] * right[1],) for own, right in pairs):
        return _FLAT
    if all(own == right or (1 in right and len(own) < 2 and np.prod(own) == np.prod(right)) for own, right in pairs):
        return _SQUEEZED
    if any(len(own) != 2 for own, _ in pairs):
        return None
    if len(every) < 2:
        return None
    for other in product("DIK", repeat=2):
        if _has_shapes(name, other, every):
            return _WRONG_SIZE.about(names=name, shape=f"({', '.join(other)})")
    axes = [list(zip(*side, strict=True)) for side in zip(*pairs, strict=True)]
    off = [(own, right) for own, right in zip(*axes, strict=True) if own != right]
    if all(len(set(own)) == 1 and len(set(right)) > 1 for own, right in off):
        return _FIXED
    steps = {one - other for own, right in off for one, other in zip(own, right, strict=True)}
    return _ONE_OFF if steps in ({1}, {-1}) else None


def _are_one(stored: Mapping[str, Any]) -> bool:
    first, *rest = (stored.get(name) for name in SHAPES)
    return isinstance(first, np.ndarray) and first.size > 1 and all(
        isinstance(other, np.ndarray) and np.array_equal(first, other) for other in rest
    )  # fmt: skip


def _missing(name: str, every: Sequence[Drawn]) -> tuple[Hint, ...]:
    """Return where a matrix is that is not stored under its name."""
    returned = [drawn.answer.returned for drawn in every]
    if any(drawn.answer.mistake is not None for drawn in every):
        return ()
    if found := not_run_hints(returned):
        return found
    for other in OTHER_NAMES:
        held = [drawn.answer.attributes.get(other) for drawn in every]
        if all(isinstance(value, dict) for value in held):
            return (_IN_DICTIONARY.about(name=other),)
        if all(_shape(SHAPES[name], drawn) == drawn_shape for drawn, drawn_shape in _with_shapes(every, other)):
            return (_UNDER_OTHER_NAME.about(name=other),)
    if all(isinstance(value, (tuple, list, dict)) and len(value) >= 2 for value in returned):
        return (_RETURNED,)
    if all(value is not None and not isinstance(value, (np.ndarray, str, int, float)) for value in returned):
        return (_OTHER_MODEL,)
    return (_NOT_STORED.about(name=name),) if all(value is None for value in returned) else ()


def _with_shapes(every: Sequence[Drawn], name: str) -> Iterator[tuple[Drawn, tuple[int, ...] | None]]:
    return ((drawn, drawn.shape(name)) for drawn in every)


def _types(every: Sequence[Drawn]) -> tuple[Hint, ...]:
    """Return why what is stored is not an array of floats."""
    values = [drawn.answer.attributes.get(name) for drawn in every for name in SHAPES]
    if any(isinstance(value, list) for value in values):
        return (_LIST,)
    arrays = [value for value in values if isinstance(value, np.ndarray)]
    if any(array.dtype.kind in "iu" and not np.any(array) for array in arrays):
        return (_INTEGERS,)
    if any(array.dtype.kind == "c" or array.dtype == np.float16 for array in arrays):
        return (_TYPE,)
    kinds = {kind_of(value) for value in values}
    if "object array" in kinds or any(array.dtype.kind == "O" for array in arrays):
        return (_OBJECTS,)
    return (_DATA_FRAME,) if "DataFrame" in kinds else ()
