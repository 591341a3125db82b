"""Stand-ins for a student's functions on our side.

A test case calls them as it would call the functions themselves. Arguments are copied in and results are copied out,
including the attributes of an object and changes to the arguments. The calls of a batch go to the copy in one message.
Each call has its own reply and its own clock.
"""

import builtins
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..checking.calls import OWN_TYPE, Answer, Call, FarError, Foreign, Missing, holder_of
from ..checking.explaining import Trouble, ended
from ..wire import schema
from ..wire.facts import Drawing
from ..wire.failures import Failure
from ..wire.frames import WireError
from .copies import decode_reply
from .endings import Ended, TimedOut
from .orders import orders_for
from .places import Places
from .session import Session
from .showing import LastDrawn
from .stand_in import FarFunction, Found
from .text import clean, one_line
from .values import from_wire, plain_drawings
from .whereabouts import whereabouts

#: Said of an error that only hidden inputs raise.
_UNSEEN = "No public test case reports this error. Try your function with other sizes and values."


class Raised(FarError):
    """A student's function raised an error."""

    outcome = "error"


class FarFunctions:
    """The functions of one submission, for one test case after another."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.printed: list[str] = []
        """What the functions printed during this case."""
        self.details: list[str] = []
        """The errors of this case in full, for staff."""
        self.failed = False
        """Whether a call of this case raised an error or did not return."""
        self.doubtful = False
        """Whether that happened in a copy that had answered other cases before."""
        self.drawings: list[Drawing] = []
        """All drawings that were watched."""
        self.drawn: list[Drawing] = []
        """The drawings that this case was given."""
        self._drawn_once: dict[str, list[Drawing]] = {}
        self.last_drawn = LastDrawn(session)
        self._hidden = self._fresh = self._due = False
        self._watched: dict[str, Any] = {}
        self._watched_now: set[str] = set()
        self._too_slow: set[str] = set()
        """Functions that took too long to prepare an object. They do not get to prepare another one."""
        self._alone = False
        self._case = ""
        self._told: dict[Any, str] = {}
        """The errors of public cases, by function, type and place, with the words that point to their messages."""
        self._raised_now: dict[Any, Raised] = {}

    def begin_case(self, hidden: bool, alone: bool = False, name: str = "") -> None:
        """Start a new case, and forget the previous one. The session learns of it at the first call, if any.

        Args:
            hidden: whether the case is hidden.
            alone: whether the case is judged once more with its own copy. Otherwise it shares a copy with other cases.
            name: what students know it by.
        """
        if alone:
            for function in self._watched_now:
                del self._watched[function]
        self._hidden, self._due = hidden, True
        self._fresh = self._fresh or alone or self.failed or self._alone
        self.printed, self.details, self._watched_now, self.drawn = [], [], set(), []
        self.failed = self.doubtful = False
        self._alone, self._case, self._raised_now = alone, name, {}

    def reported(self, error: BaseException) -> None:
        """Note that the message of this case is about an error. Messages of hidden cases then point to it."""
        for same, raised in self._raised_now.items():
            if raised is error:
                self._told.setdefault(same, f"as in the test case '{self._case}': read the message there")

    def _begin(self) -> None:
        if self._due:
            self.session.begin_case(self._hidden, self._fresh)
            self._due = self._fresh = False

    def remembers(self, names: Iterable[str]) -> bool:
        """Whether earlier answers of all these functions are kept, so that a case may not need to call them."""
        return all(name in self._watched for name in names)

    def by_name(self) -> dict[str, Any]:
        """The values for the cases' parameters, by name: the functions, or None where the submission has none."""
        found: dict[str, Any] = {}
        for name in self.session.names:
            kind = self.session.functions.get(name)
            if kind == "callable":
                found[name] = FarFunction(self, name)
            elif kind:
                found[name] = Foreign(self._shown_kind(kind))
            else:
                found[name] = self._missing(name)
        return found

    # ---- calls

    def ask(
        self, name: str, calls: Iterable[Call], stored: Sequence[str] | None, watch: bool = False, fresh: bool = False
    ) -> Iterator[Found]:
        """Make calls; yield an answer for each, with its error if it failed.

        After a call that did not return, the remaining calls are made only if the caller asks for their answers.
        """
        waiting = deque(calls)
        del calls  # else each object stays, with all that was stored on it, until the last answer was read
        self._due, self._fresh = self._due or fresh, self._fresh or fresh
        self._begin()
        while waiting:
            orders = orders_for(name, waiting, stored, watch, self._too_slow)
            shared = self.session.shared
            replies, ended = self.session.exchange(orders)
            for order, body in zip(orders, replies, strict=False):
                if order.prepare:
                    self._note_prepared(order, body)
                else:
                    yield self._answer(waiting.popleft(), order, body, shared)
            if ended is None:
                continue
            order = orders[len(replies)]
            if order.prepare and not self.session.late:
                waiting[0] = replace(waiting[0], prepare=None)
                if isinstance(ended, TimedOut):
                    self._too_slow.add(order.function)
            else:
                waiting.popleft()
                yield Answer(), self._failed(ended, shared)

    def watch(self, name: str, arguments: tuple[Any, ...], once: bool, read: Callable[[Any, list[Any]], Any]) -> Any:
        """Make a call that draws, or return the earlier answer.

        Raises:
            FarError: the call raised an error, or did not return.
        """
        if once and name in self._watched:
            found, drawings = self._watched[name], self._drawn_once[name]
        else:
            ((answer, error),) = self.ask(name, [Call(arguments)], None, watch=True)
            every = answer.returned[1] if answer.returned else []
            for one in every:  # a text of the student's own, as that of an error; see ``_raised``
                one.broken = one_line(one.broken) if self.session.public else one.broken and "an error"
            drawings = [one for one in every if not one.broken]
            self.last_drawn.note(drawings)
            found = error or read(*answer.returned)
            if once:
                self._watched[name], self._drawn_once[name] = found, drawings
                self._watched_now.add(name)
        self.drawn += drawings
        if isinstance(found, FarError):
            raise found.with_traceback(None)
        return found

    # ---- answers

    def _answer(self, call: Call, order: schema.Order, body: bytes, shared: bool) -> Found:
        """Decode a reply. This is done only when it is needed: until then it takes a fiftieth of the memory."""
        try:
            reply = decode_reply(body)
            self._note(order.function, reply)
            answer = self._read(call, order, reply)
        except (WireError, ValueError, OverflowError) as error:
            self.details.append(f"an inconsistent answer: {error}")
            return Answer(), self._failed(Ended("its answer cannot be read"), shared)
        if reply.failure is None:
            return answer, None
        return answer, self._failed(self._raised(order.function, reply.failure), shared)

    def _read(self, call: Call, order: schema.Order, reply: schema.Reply) -> Answer:
        holder, rest = holder_of(call.arguments)
        value = self._without_names(from_wire(reply.value))
        drawings = plain_drawings(reply.drawings) if order.watch else []  # only calls that are watched may keep memory
        self.drawings += drawings
        held = {} if holder is None else vars(holder) | dict(call.attributes)
        given = {name: held[name] for name in order.attributes}
        attributes = {name: self._left(left, given, name) for name, left in reply.attributes.items()}
        if holder is not None:
            space = vars(holder)
            for name in [name for name in space if order.stored is None or name in order.stored]:
                del space[name]
            space.update(attributes)
        if len(reply.arguments) != len(order.arguments[:4]):
            raise WireError("arguments are missing")
        after = tuple(
            argument if isinstance(left, schema.Same) else from_wire(left)
            for argument, left in zip(rest, reply.arguments, strict=False)
        )
        return Answer((value, drawings) if order.watch else value, None, attributes, after)

    def _failed(self, error: FarError, shared: bool) -> FarError:
        self.failed = True
        self.doubtful = self.doubtful or shared
        return error

    def _left(self, left: schema.Left, given: dict[str, Any], name: str) -> Any:
        if not isinstance(left, schema.Same):
            return self._without_names(from_wire(left))
        if name not in given:
            raise WireError("the same as nothing")
        return given[name]

    def _note_prepared(self, order: schema.Order, body: bytes) -> None:
        try:
            self._note(order.function, decode_reply(body))
        except WireError as error:
            self.details.append(f"an inconsistent answer: {error}")

    def _note(self, name: str, reply: schema.Reply) -> None:
        if reply.output:
            self.printed.append(reply.output)
        if reply.failure is not None:
            failure = reply.failure
            self.details.append(f"{name} raised {failure.kind}: {failure.text}")
            steps = [self._places.step(step) for step in failure.trace]
            self.details += [line for step in steps for line in step.spelled().split("\n")]

    def _raised(self, name: str, failure: Failure) -> Raised:
        """The error as the student may see it: in full after public inputs only, otherwise just a well-known type.

        After a hidden input, we also say so if a public case raised the same error.
        """
        error = Raised(one_line(failure.text)[:300] if self.session.public else "")
        error.kind = self._shown_kind(failure.kind, error=True)
        told = self._places.trouble(failure)
        step = told.steps[-1] if told.steps else None
        same = (name, failure.kind, step and (step.place, step.line))
        if self.session.public:
            error.trouble = told
            self._raised_now.setdefault(same, error)
        elif same in self._told:
            error.trouble = Trouble(error.kind, again=self._told[same])
        else:
            error.trouble = Trouble(error.kind, known=False, note=_UNSEEN if error.kind != "SystemExit" else "")
        return error

    @property
    def _places(self) -> Places:
        return Places(self.session.submission, self.session.cells)

    def _missing(self, name: str) -> Missing | None:
        """What stands for a function that does not exist; None if nothing is known about it."""
        near, cause = self.session.near.get(name), self.session.missing.get(name)
        if near:
            return Missing(f", but there is a function {one_line(near)[:60]}: should it be called {name}?")
        because = self._places.because(cause) if cause else whereabouts(name, self.session.submission, self._places)
        return Missing(f": {ended(because)}") if because else None

    def _shown_kind(self, kind: str, error: bool = False) -> str:
        """The name of a type. After a hidden input, never a name that the student's code could have made up."""
        if self.session.public:
            return clean(kind)[:60]
        built_in = getattr(builtins, kind, None)
        known = isinstance(built_in, type) and issubclass(built_in, BaseException) == error
        if known or kind in _KNOWN_KINDS:
            return kind
        return f"an error of a {OWN_TYPE}" if error else OWN_TYPE

    def _without_names(self, value: Any) -> Any:
        if isinstance(value, Foreign):
            return Foreign(self._shown_kind(value.kind), value.content)
        return value


#: Types, besides the built-in ones, that any message may name.
_KNOWN_KINDS = {
    "LinAlgError", "AxisError", "NetworkXError", "NetworkXException", "UFuncTypeError", "object array", "function",
    "DataFrame", "Series", "Graph", "DiGraph", "MultiGraph", "MultiDiGraph", "coroutine", "Generator", "generator",
    "value that is too large", "method", "module", "NoneType", "ndarray", "matrix", "float64", "float32", "int64",
    "bool_",
}  # fmt: skip
