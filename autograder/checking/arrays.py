"""Reading numbers out of answers, and telling shapes without telling sizes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .calls import Mistake, kind_of


def spell_shape(shape: tuple[int, ...], sizes: dict[str, int], expected: str = "") -> str:
    """Write a shape with the letters of the handout, so that a message does not tell hidden sizes.

    Args:
        shape: the shape.
        sizes: the size of each letter.
        expected: the letters that the shape should have; where two letters have one size, these are meant.

    >>> spell_shape((5, 3), {"M": 3, "N": 5})
    '(N, M)'
    """
    letters = {size: letter for letter, size in reversed(sizes.items())}
    spelled = [letters.get(size, "1" if size == 1 else "another size") for size in shape]
    for index, letter in enumerate(expected[: len(shape)]):
        if sizes[letter] == shape[index]:
            spelled[index] = letter
    return f"({', '.join(spelled)}{',' if len(spelled) == 1 else ''})"


def number_of(value: Any, name: str, read: Callable[[Any], Any] = np.asarray) -> "np.ndarray[Any, np.dtype[Any]]":
    """Return a value as an array of real numbers.

    Raises:
        Mistake: it is not made of numbers, or of complex ones.
    """
    if value is None:
        raise Mistake(f"{name} is None: is a return or an assignment missing?")
    try:
        array = np.asarray(read(value))
    except BaseException:  # anything may come from a student's own array type
        raise Mistake(f"{name} cannot be read as an array of numbers: it is a {kind_of(value)}.") from None
    if array.dtype == object or not (np.issubdtype(array.dtype, np.floating) or np.issubdtype(array.dtype, np.integer)):
        kind = kind_of(value) if array.dtype == object else array.dtype
        raise Mistake(f"{name} is made of {kind} where real numbers are expected.")
    return array
