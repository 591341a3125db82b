"""Asking a student's function: every way that a call can end is an answer.

The primitive is a batch: one function, many calls, an answer for each. In a student's notebook it is a loop. On our
side of the wall the functions are stand-ins (``autograder.sandbox.functions``), and a batch is one message each way.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..student.clock import TooSlow, interrupted_after

#: What crosses the wall by itself. Any other first argument of a call is an object that takes attributes.
PLAIN = (bool, int, float, str, list, tuple, dict, np.ndarray, np.generic, type(None))

#: Seconds that a function gets to prepare an object for another one.
PREPARE_SECONDS = 2.0


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
    """Stands for a value that does not cross the wall: no number, text, array, list, dictionary or network."""

    far = True

    def __init__(self, kind: str, content: Any = None) -> None:
        self.kind, self.content = kind, content

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.content is None:
            raise TypeError(self.kind)
        return np.array(self.content, dtype=dtype)


@dataclass(frozen=True)
class Call:
    """One call of a batch."""

    arguments: tuple[Any, ...]
    """Positional arguments. The first may be a ``Holder``, an object on which the function stores its results."""
    prepare: tuple[Any, ...] | None = None
    """Another function and its further arguments: it is called with the same first argument before, where it runs."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What is assigned to the first argument just before the call."""


@dataclass(frozen=True)
class Answer:
    """What one call gave."""

    returned: Any = None
    mistake: Mistake | None = None
    """How the call failed, in words for the student."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What the first argument holds after the call, where that is a ``Holder``."""
    arguments: tuple[Any, ...] = ()
    """The arguments after the call, without a ``Holder``."""

    @property
    def value(self) -> Any:
        """What the call returned.

        Raises:
            Mistake: it did not return.
        """
        if self.mistake is not None:
            raise self.mistake from None
        return self.returned


def kind_of(value: Any) -> str:
    """The name of a value's type."""
    return str(value.kind) if is_far(value) else type(value).__name__


def is_far(value: Any) -> bool:
    """Whether a value stands for something on the far side of the wall."""
    return getattr(type(value), "far", None) is True


def holder_of(arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The object that a function stores its results on, if its first argument is one, and the other arguments."""
    if arguments and not isinstance(arguments[0], PLAIN):
        return arguments[0], arguments[1:]
    return None, arguments


def ask(
    function: Any,
    calls: Iterable[Call | tuple[Any, ...]],
    *,
    name: str,
    reveal: bool = False,
    stored: Iterable[str] | None = None,
    hints: Mapping[str, str] | None = None,
) -> Iterator[Answer]:
    """Call a student's function many times; the answers come in the same order.

    A ``Holder`` lives for one batch. In a later batch it has what crossed the wall: arrays, numbers and the like.

    Args:
        function: what the student's notebook holds under the name; ``None`` if there is none.
        calls: the calls, or just their arguments. Arrays are handed on as copies.
        name: the function's name, for the messages.
        reveal: whether the text of an error may be shown. Only where the arguments are public.
        stored: which attributes of a ``Holder`` are of interest; all if not given.
        hints: what to add to the message about an error, by the name of its type.

    Raises:
        Mistake: there is no such function.
    """
    check_function(function, name)
    batch = [call if isinstance(call, Call) else Call(tuple(call)) for call in calls]
    hints = _HINTS | dict(hints or {})
    found = function.ask(batch, stored) if is_far(function) else (_call_here(function, call) for call in batch)
    return (_told(answer, error, name, reveal, hints) for answer, error in found)


def call(
    function: Any, *arguments: Any, name: str, reveal: bool = False, hints: Mapping[str, str] | None = None
) -> Any:
    """Call a student's function once; see ``ask``.

    Raises:
        Mistake: there is no such function, or it raised an error of any kind, ``SystemExit`` included.
    """
    (answer,) = ask(function, [arguments], name=name, reveal=reveal, hints=hints)
    return answer.value


def check_function(function: Any, name: str) -> None:
    """See that there is a function under a name.

    Raises:
        Mistake: there is none.
    """
    if function is None:
        raise Mistake(f"There is no function {name}: check the spelling, and that the cell that defines it runs.")
    if isinstance(function, Missing):
        raise Mistake(f"There is no function {name}: {function.reason}")
    if not callable(function):
        raise Mistake(f"{name} is not a function but a value of type {kind_of(function)}: is the name reused?")


class Missing:
    """Stands for a function that is not there, where it is known why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def mistake_of(error: BaseException, name: str, reveal: bool = False, hints: Mapping[str, str] = {}) -> Mistake:
    """Put what a call raised into words."""
    mistake = Mistake(_explain(error, name, reveal, _HINTS | dict(hints)))
    mistake.error = error
    return mistake


def quietly(function: Any, *arguments: Any) -> Any:
    """Call a function without floating-point warnings, whatever the notebook made of them.

    A stable formula may overflow on the branch that it throws away.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*arguments)


def _told(answer: Answer, error: BaseException | None, name: str, reveal: bool, hints: Mapping[str, str]) -> Answer:
    return answer if error is None else replace(answer, mistake=mistake_of(error, name, reveal, hints))


def _call_here(function: Any, call: Call) -> tuple[Answer, BaseException | None]:
    """Make a call in this process, as in a student's notebook."""
    arguments = tuple(own_copy(value) for value in call.arguments)
    holder, rest = holder_of(arguments)
    if call.prepare is not None:
        _prepare(holder, *call.prepare)
    for attribute, value in call.attributes.items():
        setattr(holder, attribute, own_copy(value))
    returned, error = None, None
    try:
        returned = quietly(function, *arguments)
    except KeyboardInterrupt:  # the person at the keyboard
        raise
    except BaseException as raised:  # SystemExit is the student's, too
        error = raised
    held = {} if holder is None else {name: own_copy(value) for name, value in vars(holder).items()}
    return Answer(returned, None, held, rest), error


def own_copy(value: Any) -> Any:
    """A copy of a value that a function may change in place."""
    return deepcopy(value) if isinstance(value, (np.ndarray, list, dict)) else value


def _prepare(holder: Any, function: Any, *arguments: Any) -> None:
    """Let a function prepare an object; where it fails, the object is as if it had not been called."""
    if not callable(function):
        return
    try:
        with interrupted_after(PREPARE_SECONDS):
            quietly(function, holder, *arguments)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not isinstance(error, TooSlow):
            raise
        vars(holder).clear()


def _explain(error: BaseException, name: str, reveal: bool, hints: Mapping[str, str]) -> str:
    far: Any = error if is_far(error) else None
    kind = far.kind if far else type(error).__name__
    if not kind:
        return f"{name} did not return: {error}."
    text = f"{name} raised {kind}"
    if (reveal or far) and (detail := _text_of(error)):
        text += f": {detail}"
    if place := far.place if far else _student_line(error):
        text += f", at this line of yours: {place}"
    return f"{text}. {hints[kind]}" if kind in hints else f"{text}."


def _text_of(error: BaseException) -> str:
    with suppress(BaseException):  # a student's own __str__
        return str(error)[:300]
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


_OWN_FRAMES = {"_call_here", "quietly", "watch"}

_HINTS = {
    "NotImplementedError": "It still holds the stub of the handout.",
    "NameError": "A name is used that the notebook does not define, or only in a cell that failed.",
    "TypeError": "It is called with positional arguments, in the order of the handout.",
    "SystemExit": "Do not call exit() or quit() inside a function.",
}
