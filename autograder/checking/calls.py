"""Calling a student's function: every ending of the call is a result."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np


class Mistake(AssertionError):
    """What is wrong with an answer, in words for the student who gave it."""

    error: BaseException | None = None
    """What a call raised, where that is the mistake."""


class FarError(Exception):
    """How a call ended on the far side of the wall, told in words.

    Test files in the zips have a copy of this module, so it is known by the attribute ``far``, not by its class.
    """

    far = True
    kind = ""
    """Name of the type of the student's error; empty where there was none."""
    place = ""
    """Where in the student's cell it came from."""


class Foreign:
    """Stands for a value on the far side of the wall that is no plain number, text, array, list or graph."""

    far = True

    def __init__(self, kind: str, content: Any = None) -> None:
        self.kind, self.content = kind, content

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.content is None:
            raise TypeError(self.kind)
        return np.array(self.content, dtype=dtype)


def kind_of(value: Any) -> str:
    """The name of a value's type."""
    return str(value.kind) if _is_far(value) else type(value).__name__


def _is_far(value: Any) -> bool:
    return getattr(type(value), "far", None) is True


def call(function: Any, *arguments: Any, name: str, reveal: bool = False) -> Any:
    """Call a student's function with positional arguments.

    Floating-point warnings are silenced, whatever the notebook made of them: a stable formula may overflow on the
    branch that it throws away.

    Args:
        function: what the student's notebook holds under the name; ``None`` if there is none.
        *arguments: handed on as they are.
        name: the function's name, for the messages.
        reveal: whether the text of an error may be shown. Only where the arguments are public.

    Raises:
        Mistake: there is no such function, or it raised an error of any kind, ``SystemExit`` included.
    """
    if function is None:
        raise Mistake(f"There is no function {name}: check the spelling, and that the cell that defines it runs.")
    if not callable(function):
        raise Mistake(f"{name} is not a function but a value of type {kind_of(function)}: is the name reused?")
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*arguments)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are the student's, too
        mistake = Mistake(_explain(error, name, reveal))
        mistake.error = error
        raise mistake from None


def _explain(error: BaseException, name: str, reveal: bool) -> str:
    far: Any = error if _is_far(error) else None
    kind = far.kind if far else type(error).__name__
    if not kind:
        return f"{name} did not return: {error}."
    text = f"{name} raised {kind}"
    if (reveal or far) and (detail := _text_of(error)):
        text += f": {detail}"
    if place := far.place if far else _student_line(error):
        text += f", at this line of yours: {place}"
    return text + "." + _ERROR_HINTS.get(kind, "")


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except BaseException:  # a student's own __str__
        return ""


def _student_line(error: BaseException) -> str:
    """The line number inside the student's cell where an error came from, without its text or values."""
    trace, line = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        in_cell = "ipykernel" in code.co_filename or code.co_filename.startswith(("<", "In["))
        if in_cell and code.co_name not in _OWN_FRAMES:
            line = f"line {trace.tb_lineno} of its cell, in {code.co_name}"
        trace = trace.tb_next
    return line


_OWN_FRAMES = {"call", "__call__"}

_ERROR_HINTS = {
    "NotImplementedError": " It still holds the stub of the handout.",
    "NameError": " A name is used that the notebook does not define, or only in a cell that failed.",
    "AttributeError": " Use only what exercise 3 stores on the model; nothing else is there while grading.",
    "TypeError": " It is called with positional arguments, in the order of the handout.",
    "RecursionError": " Use a loop over the time steps: sequences are up to 2000 steps long.",
    "SystemExit": " Do not call exit() or quit() inside a function.",
    "ValueError": " Take the sizes from the arguments, and check the shapes.",
    "IndexError": " Take the sizes from the arguments, and check the shapes.",
}


class Model:
    """A plain object that takes attributes, like the one of the handout."""

    W: Any
    R: Any
    V: Any
    a: Any
    z: Any


def spell_shape(shape: tuple[int, ...], sizes: dict[str, int], expected: str = "") -> str:
    """Write a shape with the letters of the lecture, so that a message does not tell hidden sizes.

    Args:
        shape: the shape.
        sizes: the size of each letter.
        expected: the letters that the shape should have; where two letters have one size, these are meant.

    >>> spell_shape((5, 3), {"D": 3, "I": 5})
    '(I, D)'
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
