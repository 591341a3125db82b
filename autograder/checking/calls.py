"""Calling a student's function. No matter how a call ends, the result is an answer.

The basic operation is a batch: one function, many calls, one answer for each call. In a student's notebook a batch is
a loop. On our side of the wall the functions are stand-ins (``autograder.sandbox.functions``), and a batch is one
message each way.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..student.clock import TooSlow, interrupted_after
from ..wire.facts import Drawing
from ..wire.holder import Holder, holder_class, of_class, put, read_properties
from .explaining import explanation
from .marks import Mark, Parts
from .noticing import noticed, similar_function

#: Types that cross the wall. A first argument of any other type is an object on which results are stored.
PLAIN = (bool, int, float, str, list, tuple, dict, np.ndarray, np.generic, type(None))

#: Seconds that a function may take to prepare an object for another function.
PREPARE_SECONDS = 2.0


class Mistake(AssertionError):
    """What is wrong with an answer, in words for the student."""

    error: BaseException | None = None
    """The error that a call raised, if that is the mistake."""
    drawing: Drawing | None = None
    """The drawing that it is about, if any."""
    marks: Sequence[Mark] = ()
    """Where to look in that drawing."""
    parts: Sequence[Parts] = ()
    """What is right, missing and surplus."""

    def about(
        self, drawing: Drawing | None = None, marks: Sequence[Mark] = (), parts: Sequence[Parts] = ()
    ) -> "Mistake":
        """Set what the mistake is about, and return it. In a student's notebook, only its words are shown."""
        self.drawing, self.marks, self.parts = drawing or self.drawing, marks or self.marks, parts or self.parts
        return self


class FarError(Exception):
    """Describes how a call on the far side of the wall failed.

    Test files in the zips have their own copy of this module. So we recognize it by its attribute ``far``, not by its
    class.
    """

    far = True
    kind = ""
    """Name of the type of the student's error; empty if there was none."""
    trouble: Any = None
    """What the student may know about it; see ``explaining.Trouble``."""


class Foreign:
    """Stands for a value that cannot cross the wall: it is not a number, text, array, list, dictionary or network."""

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
    """A function to call before this one, and its further arguments. Its first argument is that of this call."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """Attributes to set on the first argument just before the call."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """The sizes of the arguments by the letters of the handout. Messages about shapes name the letters."""


@dataclass(frozen=True)
class Answer:
    """The result of one call."""

    returned: Any = None
    mistake: Mistake | None = None
    """How the call failed, in words for the student."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """The attributes of the first argument after the call, if it is a ``Holder``, even if the call raised an error."""
    arguments: tuple[Any, ...] = ()
    """The arguments after the call, without the ``Holder``."""

    @property
    def value(self) -> Any:
        """The value that the call returned.

        Raises:
            Mistake: the call failed.
        """
        if self.mistake is not None:
            raise self.mistake from None
        return self.returned


def kind_of(value: Any) -> str:
    """The name of a value's type."""
    return str(value.kind) if is_far(value) else type(value).__name__


#: The kind of a value whose type has a name that must not be shown; see ``of_type``.
OWN_TYPE = "type of your own"


def of_type(value: Any) -> str:
    """Say of which type a value is, for a message."""
    kind = kind_of(value)
    return f"of a {OWN_TYPE}" if kind == OWN_TYPE else f"of type {kind}"


def is_far(value: Any) -> bool:
    """Whether a value stands for something on the far side of the wall."""
    return getattr(type(value), "far", None) is True


def holder_of(arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Split off the object that a function stores its results on; None if its first argument is not such an object."""
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
    fresh: bool = False,
) -> Iterator[Answer]:
    """Call a student's function many times. The answers come in the order of the calls.

    A ``Holder`` lives for one batch. In a later batch it only has the attributes that can cross the wall: arrays,
    numbers and the like.

    Args:
        function: the value of that name in the student's notebook; ``None`` if there is none.
        calls: the calls, or just their arguments. Arrays are passed as copies.
        name: the function's name, for messages.
        reveal: whether the text of an error may be shown. Set it only if the arguments are public.
        stored: the attributes of a ``Holder`` that you need; all if not given.
        hints: sentences to add to the message about an error. A key is the name of the error's type or, if the cause
            is certain, one of these: ``attribute`` (the first argument lacks it), ``shapes`` (they do not fit),
            ``arguments`` (the function takes others), ``none`` (a value is None).
        fresh: whether to make the calls where nothing was called before. In a notebook this has no effect.

    Raises:
        Mistake: there is no such function.
    """
    check_function(function, name)
    batch = [call if isinstance(call, Call) else Call(tuple(call)) for call in calls]
    found = (
        function.ask(batch, stored, fresh)
        if is_far(function)
        else (_call_here(function, call, stored) for call in batch)
    )
    answers = zip(found, [call.sizes for call in batch], strict=True)  # the calls would keep what is stored on objects
    return (_told(answer, error, name, reveal, hints or {}, sizes) for (answer, error), sizes in answers)


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
    """Check that a function exists.

    Raises:
        Mistake: it does not exist, or the name belongs to something else.
    """
    if function is None and (near := similar_function(name)):
        raise Mistake(f"There is no function {name}, but there is a function {near}: should it be called {name}?")
    if function is None:
        raise Mistake(f"There is no function {name}. Check its spelling, and check that the cell that defines it runs.")
    if not callable(function) and hasattr(function, "missing_because"):  # a class of its own in bundled test files
        raise Mistake(f"There is no function {name}{function.missing_because}")
    if not callable(function):
        raise Mistake(f"{name} is not a function but a value {of_type(function)}. Did you reuse the name?")


class Missing:
    """Stands for a missing function, if we know why it is missing. The reason ends the sentence that says so."""

    def __init__(self, reason: str) -> None:
        self.missing_because = reason


def mistake_of(
    error: BaseException, name: str, reveal: bool = False, hints: Mapping[str, str] = {}, sizes: Mapping[str, int] = {}
) -> Mistake:
    """Describe the error that a call raised; see ``ask`` and ``Call``."""
    far: Any = error if is_far(error) else None
    if far and not far.kind:
        text = f"{name} did not return: {error}."
    else:
        text = explanation(far.trouble if far else noticed(error, reveal), name, hints, sizes)
    mistake = Mistake(text)
    mistake.error = error
    return mistake


def quietly(function: Any, *arguments: Any) -> Any:
    """Call a function with floating-point warnings off, even if the notebook turns them into errors.

    A stable formula may overflow in a branch whose result it discards.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return function(*arguments)


def _told(
    answer: Answer, error: BaseException | None, name: str, reveal: bool, hints: Mapping[str, str],
    sizes: Mapping[str, int],
) -> Answer:  # fmt: skip
    return answer if error is None else replace(answer, mistake=mistake_of(error, name, reveal, hints, sizes))


def _call_here(function: Any, call: Call, stored: Iterable[str] | None) -> tuple[Answer, BaseException | None]:
    """Make a call in this process, as in a student's notebook."""
    arguments = tuple(own_copy(value) for value in call.arguments)
    holder, rest = holder_of(arguments)
    asked = holder
    if isinstance(asked, Holder):
        name = type(asked).__name__
        holder = of_class(asked, holder_class(name, getattr(function, "__globals__", {}).get(name)))
        arguments = (holder, *rest)
    if call.prepare is not None:
        _prepare(holder, *call.prepare)
    for attribute, value in call.attributes.items():
        put(holder, attribute, own_copy(value))
    returned, error = None, None
    try:
        returned = quietly(function, *arguments)
        read_properties(holder, stored or () if holder else ())
    except KeyboardInterrupt:  # from the person at the keyboard
        raise
    except BaseException as raised:  # SystemExit also comes from the student's code
        error = raised
    held = {} if holder is None else {name: own_copy(value) for name, value in vars(holder).items()}
    if asked is not holder:
        vars(asked).clear()
        vars(asked).update(vars(holder))
    return Answer(returned, None, held, rest), error


def own_copy(value: Any) -> Any:
    """Copy a value if a function could change it in place."""
    return deepcopy(value) if isinstance(value, (np.ndarray, list, dict)) else value


def _prepare(holder: Any, function: Any, *arguments: Any) -> None:
    """Let a function prepare an object. If it fails, remove everything that it stored."""
    if not callable(function):
        return
    try:
        with interrupted_after(PREPARE_SECONDS):
            quietly(function, holder, *arguments)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not isinstance(error, TooSlow):
            raise
        vars(holder).clear()
