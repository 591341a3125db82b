"""One copy that answers for several test cases.

To fork a copy and to end it takes longer than most calls. So the cases that announce all their calls are asked
together, the public ones in one message and the hidden ones in another, each to one copy. A case that passes on these
answers has passed, and one with a wrong answer has failed: functions of this assignment remember nothing, whatever was
called before. (A second try would be a second chance for a function that draws or guesses.) Only where a call raised an
error or did not return, the case is run again with a copy of its own: it may not have been its own fault.

Which calls a case announces is found out beforehand, by running it until it makes the first.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from ..checking.calls import FarError
from ..wire import schema
from ..wire.frames import WireError
from .exchange import PREPARE_SECONDS, Exchange
from .proxies import Function, Graph, model_of
from .session import Ended, Session, TimedOut
from .worker import decode_answer

#: Bytes of answers that are kept. The reference solution has 1.3 million.
_MOST = 32 * 2**20


@dataclass(frozen=True)
class Plan:
    """The calls that a case announces."""

    case: Any
    orders: list[schema.Call]
    numbered: list[schema.Call]
    """The same, with numbers of models that no other plan has; each model is let go after its last call."""

    @property
    def functions(self) -> set[str]:
        """The functions that are called."""
        return {order.function for order in self.orders}


def plans_of(*groups: Iterable[Any]) -> list[list[Plan]]:
    """The plans of those of Otter's test cases that announce their calls.

    Args:
        *groups: cases that are asked together, in the order in which the groups are run.

    Returns:
        The plans of each group, in the order of the cases: graph() comes last, so that nothing can rely on it.
    """
    listener = _Listener()
    return [_plans_of(cases, listener) for cases in groups]


def _plans_of(cases: Iterable[Any], listener: "_Listener") -> list[Plan]:
    plans, begin = [], 0
    for case in cases:
        if orders := listener.hear(case):
            final = {order.model: index for index, order in enumerate(orders)}
            numbered = [
                order
                if order.model is None
                else replace(order, model=begin + order.model, last=final[order.model] == index)
                for index, order in enumerate(orders)
            ]
            plans.append(Plan(case, orders, numbered))
            begin += len(orders)
    return plans


class _Heard(FarError):
    """Ends a case that has told its calls."""


class _Listener:
    """Stands for the functions of a submission and its processes, and hears which calls a case announces."""

    late, lost = False, True

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.exchange = Exchange(self, lambda *_: None)
        self._functions = {"init": Function(self, "init"), "forward": Function(self, "forward")}
        self._functions["graph"] = Graph(self, "graph")
        self._orders: list[schema.Call] = []

    def hear(self, case: Any) -> list[schema.Call]:
        """The calls that a case announces; none if it does not say that they are all."""
        self.exchange.begin_case(self)
        self._orders = []
        with suppress(Exception):  # it does not get an answer
            case.body.call_func(self._functions)
        return self._orders if self.exchange.complete else []

    def call(self, name: str, arguments: tuple[Any, ...], watch: bool = False) -> Any:
        """A case makes its first call."""
        self.exchange.call(name, *model_of(arguments), watch)

    def send(self, calls: list[schema.Call]) -> None:
        """Note the calls, and go no further."""
        self._orders = calls
        raise _Heard

    def answer(self, seconds: float | None = None) -> schema.Answer:
        """Nothing was asked."""
        raise _Heard

    def end_case(self) -> None:
        """There is nothing to be ended."""


class Replay:
    """Answers that were given already, for one case."""

    def __init__(self, orders: list[schema.Call], answers: Sequence[bytes | TimedOut], first: bool = False) -> None:
        """Take answers.

        Args:
            orders: the calls that they belong to.
            answers: as they came, one for each call; the last may be a call that took too long.
            first: whether the copy was asked for these before anything else.
        """
        self.late = False
        self.lost = True
        self._first = first
        self.astray = False
        """Whether the case has made other calls."""
        self.of_graph = any(order.watch for order in orders)
        """Whether they are those that all cases about ``graph()`` share."""
        self._orders, self._answers = orders, iter(answers)

    @property
    def doubtful(self) -> bool:
        """Whether a copy that is asked for nothing else could answer otherwise."""
        return self.astray or not self._first

    def send(self, calls: list[schema.Call]) -> None:
        """Take note that the case makes its calls."""
        if not self.lost or calls != self._orders:
            self.astray = True
            raise Ended("it makes other calls than it announced")
        self.lost = False

    def answer(self, seconds: float | None = None) -> schema.Answer:
        """The answer of the next call."""
        answer = next(self._answers, None)
        if isinstance(answer, TimedOut):
            raise answer
        try:
            return decode_answer(answer or b"")
        except WireError:
            raise Ended("its answer cannot be read") from None

    def end_case(self) -> None:
        """There is nothing to be ended."""


def ask_together(session: Session, plans: list[Plan]) -> dict[int, Replay]:
    """Ask for the calls of several cases; returns the answers for each case, by its identity.

    Cases whose calls were not all answered are left out, but for one whose call did not end in time.
    """
    able = {name for name, kind in session.functions.items() if kind == "callable"}
    asked = [plan for plan in plans if plan.functions <= able]
    answers = _answers(session, asked) if len(asked) > 1 else []
    replays, begin = {}, 0
    for plan in asked:
        own = answers[begin : begin + len(plan.orders)]
        if len(own) == len(plan.orders) or (own and isinstance(own[-1], TimedOut)):
            replays[id(plan.case)] = Replay(plan.orders, own, first=begin == 0)
        begin += len(plan.orders)
    return replays


def _answers(session: Session, plans: list[Plan]) -> list[bytes | TimedOut]:
    """Ask one copy for the calls of several cases; returns as many answers as there are before something goes wrong.

    They are not decoded before their turn: then they may take fifty times as much memory.
    """
    orders = [order for plan in plans for order in plan.numbered]
    answers: list[bytes | TimedOut] = []
    size = 0
    try:
        session.send(orders)
        for order in orders:
            body = session.receive(PREPARE_SECONDS if order.prepare else None)
            size += len(body)
            if size > _MOST:
                break
            answers.append(body)
    except TimedOut as late:
        if not orders[len(answers)].prepare:
            answers.append(late)
    except Ended:
        pass
    session.end_case()
    return answers
