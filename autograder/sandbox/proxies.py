"""What stands for ``init``, ``forward`` and ``graph`` on our side.

A test case calls them as it would call the functions themselves. Arguments are copied in and results out, attributes
of the model and changes of the arguments included. Several calls within a case go to the same copy, with the same
model: what a function stored there that does not cross the wall is still there at the next call.
"""

import builtins
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from ..checking.calls import FarError, Foreign
from ..grading.messages import clean
from ..wire import schema
from ..wire.frames import WireError
from .exchange import PLAIN, Exchange, FarSide
from .session import Ended, Session
from .values import from_wire, plain_drawings


class Raised(FarError):
    """A student's function raised an error."""

    outcome = "error"


class Proxies:
    """The functions of one submission, for one test case after the other."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.printed: list[str] = []
        """What the functions printed during this case."""
        self.details: list[str] = []
        """The errors of this case in full, for staff."""
        self.answers: dict[str, Any] = {}
        """Answers of functions that need to be asked only once."""
        self.exchange = Exchange(session, self._note)

    def begin_case(self, hidden: bool, answered: FarSide | None = None) -> None:
        """Forget the case before.

        Args:
            hidden: whether the case is hidden.
            answered: has the answers of this case already; without it, calls go to a new copy of the worker.
        """
        self.session.begin_case(hidden)
        self.printed, self.details = [], []
        self.exchange.begin_case(answered or self.session)

    def functions(self) -> dict[str, Any]:
        """The functions by name: what cases bind their parameters to; None for those that are not there."""
        found: dict[str, Any] = {}
        for name in ("init", "forward", "graph"):
            kind = self.session.functions.get(name)
            if kind == "callable":
                found[name] = Graph(self, name) if name == "graph" else Function(self, name)
            else:
                found[name] = kind and Foreign(self.shown_kind(kind))
        return found

    def call(self, name: str, arguments: tuple[Any, ...], watch: bool = False) -> Any:
        """Call a function on the far side, and take its effects over.

        Raises:
            FarError: it raised an error, or did not return.
        """
        model, rest = model_of(arguments)
        order, answer = self.exchange.call(name, model, rest, watch)
        self._note(name, answer)
        try:
            value = from_wire(answer.value)
            drawings = plain_drawings(answer.drawings)
            if model is not None:
                self._take_attributes(model, order, answer)
            for argument, after in zip(rest, answer.arguments, strict=False):
                if not isinstance(after, schema.Same):
                    _take_argument(argument, from_wire(after))
        except (WireError, ValueError, OverflowError) as error:
            raise self._odd(error) from None
        if answer.failure is not None:
            raise self._raised(answer.failure)
        value = self._without_names(value)
        return (value, drawings) if watch else value

    def _take_attributes(self, model: Any, order: schema.Call, answer: schema.Answer) -> None:
        before, values = vars(model), {}
        for name, value in answer.attributes.items():
            if not isinstance(value, schema.Same):
                values[name] = self._without_names(from_wire(value))
            elif name in order.attributes:
                values[name] = before[name]
            else:
                raise WireError("the same as nothing")
        before.clear()
        before.update(values)
        self.exchange.learn(model, values)

    def _note(self, name: str, answer: schema.Answer) -> None:
        if answer.output:
            self.printed.append(answer.output)
        if answer.failure is not None:
            failure = answer.failure
            self.details.append(f"{name} raised {failure.kind}: {failure.text}")
            self.details += [f"    {line}" for line in failure.trace]

    def _raised(self, failure: schema.Failure) -> Raised:
        """The error as the student may see it: in full after public inputs, else not more than a type known to all."""
        kind = self.shown_kind(failure.kind)
        if not self.session.public:
            error = Raised()
            error.kind = kind
            return error
        error = Raised(clean(failure.text)[:300])
        error.kind = kind
        if failure.line is not None:
            where = f", in {clean(failure.function)[:60]}" if failure.function else ""
            error.place = f"line {failure.line} of its cell{where}"
        return error

    def _odd(self, error: Exception) -> FarError:
        self.details.append(f"an answer that contradicts itself: {error}")
        return Ended("its answer cannot be read")

    def shown_kind(self, kind: str) -> str:
        """The name of a type; after a hidden input, no name that the student may have chosen for the occasion."""
        if self.session.public:
            return clean(kind)[:60]
        return kind if kind in _KNOWN_KINDS or hasattr(builtins, kind) else "type of your own"

    def _without_names(self, value: Any) -> Any:
        if isinstance(value, Foreign):
            return Foreign(self.shown_kind(value.kind), value.content)
        return value


#: Types beside the builtin ones that may be named in any message.
_KNOWN_KINDS = {
    "LinAlgError", "AxisError", "NetworkXError", "NetworkXException", "UFuncTypeError", "object array", "function",
    "DataFrame", "Series", "Generator", "generator", "value that is too large", "method", "module", "NoneType",
}  # fmt: skip


def model_of(arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The model that a function is called with, or None, and the other arguments."""
    if not arguments or isinstance(arguments[0], PLAIN):
        return None, arguments
    return arguments[0], arguments[1:]


def _take_argument(argument: Any, after: Any) -> None:
    """Make the change that a function made to its argument."""
    if not isinstance(argument, np.ndarray):
        return
    if not isinstance(after, np.ndarray) or after.dtype != argument.dtype or after.size != argument.size:
        argument[...] = np.nan  # changed beyond recognition
        return
    if after.shape != argument.shape:
        argument.shape = after.shape
    argument[...] = after


class Caller(Protocol):
    """Who makes the calls of the functions that cases are given: the proxies of a submission do."""

    exchange: Exchange
    answers: dict[str, Any]

    def call(self, name: str, arguments: tuple[Any, ...], watch: bool = False) -> Any:
        """Call a function on the far side."""


class Function:
    """Stands for a student's function."""

    def __init__(self, caller: Caller, name: str) -> None:
        self._caller, self._name = caller, name

    def __call__(self, *arguments: Any) -> Any:
        """Call the function on the far side."""
        return self._caller.call(self._name, arguments)

    def prepare(self, model: Any, *arguments: Any) -> None:
        """Let the function prepare a model before it is used: what it stores stays on the far side.

        Where it fails, the model is as if this had not been asked for.
        """
        self._caller.exchange.prepare(self._name, model, arguments)

    def announce(self, calls: Sequence[tuple[Any, ...]], assigned: Sequence[dict[str, Any]] = ()) -> None:
        """Say which calls this case makes: they are asked for all at once, maybe with those of other cases.

        They have to be made in this order, each with the model that is announced.

        Args:
            calls: the arguments of each.
            assigned: what will have been assigned to the model before each; by default what is there now.
        """
        self._caller.exchange.announce(self._name, calls, assigned)


class Graph(Function):
    """Stands for ``graph``. It takes no input, so it is asked once for all cases."""

    def recorded(self) -> Any:
        """Return what ``graph()`` returned, and the drawings that it made.

        Raises:
            FarError: it raised an error, or did not return.
        """
        answers = self._caller.answers
        if self._name not in answers:
            self.announce([(None,)])
            try:
                answers[self._name] = self._caller.call(self._name, (), watch=True)
            except FarError as error:
                answers[self._name] = error
        answer = answers[self._name]
        if isinstance(answer, FarError):
            raise answer.with_traceback(None)
        return answer
