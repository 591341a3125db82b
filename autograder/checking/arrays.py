"""Reading numbers from answers, and describing shapes without revealing hidden sizes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .calls import OWN_TYPE, Mistake, kind_of, of_type


def spell_shape(
    shape: tuple[int, ...], sizes: dict[str, int], expected: str = "", reveal: bool = False, strict: bool = False
) -> str:
    """Write a shape with letters for sizes, so that a message does not reveal hidden sizes.

    An axis of length 1 is written as 1, even if a letter stands for 1, unless that letter is expected there.

    Args:
        shape: the shape.
        sizes: the size that each letter stands for.
        expected: the letters that the shape should have. They are preferred if two letters stand for the same size.
        reveal: whether students may see the sizes. The letters are added where each axis has one.
        strict: whether only the expected letters are written, and in another place than expected only if nothing but
            their order is wrong. Otherwise a number that has nothing to do with a letter may be equal to its size.

    >>> spell_shape((5, 3), {"M": 3, "N": 5})
    '(N, M)'
    >>> spell_shape((5, 1), {"M": 1, "N": 5})
    '(N, 1)'
    >>> spell_shape((5, 3), {"M": 3, "N": 5}, reveal=True)
    '(5, 3), that is (N, M)'
    >>> spell_shape((3, 3), {"M": 4, "N": 3}, "MN", strict=True)
    '(another size, N)'
    """
    known = [*([] if strict else reversed(sizes)), *reversed([letter for letter in expected if letter in sizes])]
    letters = {sizes[letter]: letter for letter in known if sizes[letter] != 1}
    spelled = ["1" if size == 1 else letters.get(size, "another size") for size in shape]
    in_place = expected if len(shape) == len(expected) else ""
    reordered = sorted(shape) == sorted(sizes[letter] for letter in expected)
    for index, letter in enumerate(in_place):
        if sizes[letter] == shape[index]:
            spelled[index] = letter
        elif strict and not reordered and shape[index] != 1:
            spelled[index] = "another size"
    return _in_brackets(spelled) if not reveal else _with_sizes(shape, spelled)


def _with_sizes(shape: tuple[int, ...], spelled: list[str]) -> str:
    numbers = _in_brackets([str(size) for size in shape])
    named = any(word.isalpha() for word in spelled) and "another size" not in spelled
    return f"{numbers}, that is {_in_brackets(spelled)}" if named else numbers


def _in_brackets(words: list[str]) -> str:
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"


#: What to call arrays that hold no numbers. Their exact types contain lengths and names that the student chose.
_KINDS = dict(zip("USVOMm", ("text", "bytes", "records", "objects", "dates", "times"), strict=True))


def entries_of(array: "np.ndarray[Any, np.dtype[Any]]") -> str:
    """The type of an array's entries, for a message."""
    return _KINDS.get(array.dtype.kind, str(array.dtype))


def holds_text(value: Any) -> bool:
    """Whether a list or tuple has text in it. numpy would give each of its entries room for the longest one."""
    waiting = [value] if isinstance(value, (list, tuple)) else []
    while waiting:
        for item in waiting.pop():
            if isinstance(item, (list, tuple)):
                waiting.append(item)
            elif isinstance(item, (str, bytes)):
                return True
    return False


def _what(value: Any) -> str:
    """Say what a value is that holds no numbers. A type whose name is not shown may be a library's as well."""
    return "it is not a number, an array or a list" if kind_of(value) == OWN_TYPE else f"it is {of_type(value)}"


def number_of(value: Any, name: str, read: Callable[[Any], Any] = np.asarray) -> "np.ndarray[Any, np.dtype[Any]]":
    """Return a value as an array of real numbers.

    Raises:
        Mistake: it does not consist of real numbers.
    """
    if value is None:
        raise Mistake(f"{name} is None. Is a return or an assignment missing?")
    if holds_text(value):
        raise Mistake(f"{name} should contain real numbers, but it contains text.")
    try:
        array = np.asarray(read(value))
        if array.dtype == object and isinstance(value, int):  # one of more than 64 bits
            array = np.asarray(float(value))
    except BaseException as error:  # a student's own array type may raise anything
        ragged = type(error) is ValueError and isinstance(value, (list, tuple)) and "inhomogeneous" in str(error)
        why = "its entries do not all have the same shape" if ragged else _what(value)
        raise Mistake(f"{name} cannot be read as an array of numbers: {why}.") from None
    if array.dtype == object or not (np.issubdtype(array.dtype, np.floating) or np.issubdtype(array.dtype, np.integer)):
        kind = _what(value) if array.dtype == object else f"its type is {entries_of(array)}"
        raise Mistake(f"{name} should contain real numbers, but {kind}.")
    return array
