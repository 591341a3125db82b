"""The calls of one test case on their way to a copy and back.

A message and its answer cost more than most calls of a student's function. So a call that only prepares a model goes
along with the call that uses it, and a case that makes many calls may announce them: then all go in one message. Each
is answered for itself, under a clock of its own.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from ..wire import schema
from .session import Ended, TimedOut
from .values import to_wire

#: What crosses the wall by itself; any other first argument of a call is a model.
PLAIN = (bool, int, float, str, list, tuple, np.ndarray, np.generic, type(None))

#: So long a call may take that prepares a model. A function that took longer is not asked to prepare again.
PREPARE_SECONDS = 2.0


class FarSide(Protocol):
    """What answers the calls of a case: a session does."""

    late: bool

    @property
    def lost(self) -> bool:
        """Whether the models of the case are not known there."""

    def send(self, calls: list[schema.Call]) -> None:
        """Ask for calls."""

    def answer(self, seconds: float | None = None) -> schema.Answer:
        """Wait for the answer of the next call."""

    def end_case(self) -> None:
        """Make an end of what was asked for."""


class Announced(NamedTuple):
    """A call that comes later."""

    function: str
    model: Any
    arguments: tuple[Any, ...]
    assigned: dict[str, Any] | None
    """What will have been assigned to the model until then; None: what is there now."""


class Exchange:
    """What is under way between the test case and what answers its calls."""

    def __init__(self, far: FarSide, note: Callable[[str, schema.Answer], None]) -> None:
        self._note = note
        self._endless: set[str] = set()
        self.begin_case(far)

    def begin_case(self, far: FarSide) -> None:
        """Forget the case before.

        Args:
            far: what answers the calls of this case.
        """
        self.far = far
        self.complete = False
        """Whether the case has announced its calls, which are then all that it makes."""
        self._models: list[Any] = []
        self._known: dict[int, dict[str, Any]] = {}
        self._preparing: dict[int, schema.Call] = {}
        self._announced: list[Announced] = []
        self._awaited: deque[schema.Call] = deque()

    def prepare(self, name: str, model: Any, arguments: tuple[Any, ...]) -> None:
        """Let a function prepare a model, together with the first call that uses it."""
        number = self._number(model)
        self._preparing[number] = schema.Call(
            function=name, model=number, arguments=[to_wire(argument) for argument in arguments], prepare=True
        )

    def announce(self, name: str, calls: Sequence[tuple[Any, ...]], assigned: Sequence[dict[str, Any] | None]) -> None:
        """Say which calls come; see ``Function.announce``."""
        self.complete = True
        self._announced = [
            Announced(name, model, tuple(rest), before)
            for (model, *rest), before in zip(calls, assigned or [None] * len(calls), strict=True)
        ]

    def call(self, name: str, model: Any, arguments: tuple[Any, ...], watch: bool) -> tuple[schema.Call, schema.Answer]:
        """Make one call; returns what was asked for, and the answer.

        Raises:
            Ended: it did not return.
        """
        if not self._is_awaited(name, model):
            self._ask(name, model, arguments, watch)
        while True:
            order = self._awaited.popleft()
            if not order.prepare:
                return order, self.far.answer()
            try:
                answer = self.far.answer(PREPARE_SECONDS)
            except Ended as ended:
                if self.far.late:
                    raise
                if isinstance(ended, TimedOut):
                    self._endless.add(order.function)
                self._preparing = {number: call for number, call in self._preparing.items() if call is not order}
                self._ask(name, model, arguments, watch)
            else:
                self._note(order.function, answer)

    def learn(self, model: Any, values: dict[str, Any]) -> None:
        """Note which attributes of a model are the same on both sides."""
        self._known[self._number(model)] = values

    def _is_awaited(self, name: str, model: Any) -> bool:
        """Whether a call is the next one of those that were sent ahead."""
        if self.far.lost:
            self._awaited.clear()
        order = next((order for order in self._awaited if not order.prepare), None)
        if order is None:
            return False
        if order.function == name and order.model is not None and self._models[order.model] is model:
            return True
        self.far.end_case()  # the case does not do what it announced: its answers are of no use
        return False

    def _ask(self, name: str, model: Any, arguments: tuple[Any, ...], watch: bool) -> None:
        """Send a call, and those announced with it if it is the first of them."""
        if self.far.lost:  # the copy that knew the models is gone
            self._known = {}
        self._awaited.clear()
        announced, self._announced = self._announced, []
        if not announced or announced[0].function != name or announced[0].model is not model:
            announced = [Announced(name, model, arguments, None)]
        orders = [order for call in announced for order in self._orders(call, watch)]
        self._awaited.extend(orders)
        self.far.send(orders)

    def _orders(self, announced: Announced, watch: bool) -> list[schema.Call]:
        """A call as it crosses, after the one that prepares its model if the copy does not know the model yet."""
        number = None if announced.model is None else self._number(announced.model)
        orders = []
        if number is not None and number not in self._known:
            first = self._preparing.get(number)
            if first is not None and first.function not in self._endless:
                orders.append(first)
        call = schema.Call(
            function=announced.function,
            model=number,
            attributes={} if number is None else self._changed(number, announced.assigned),
            arguments=[to_wire(argument) for argument in announced.arguments],
            watch=watch,
        )
        return [*orders, call]

    def _number(self, model: Any) -> int:
        for number, other in enumerate(self._models):
            if other is model:
                return number
        self._models.append(model)
        return len(self._models) - 1

    def _changed(self, number: int, assigned: dict[str, Any] | None) -> dict[str, schema.Value]:
        """The attributes that were assigned on our side since the last call."""
        known = self._known.setdefault(number, {})
        if assigned is not None:
            return {name: to_wire(value) for name, value in assigned.items()}
        return {
            name: to_wire(value)
            for name, value in vars(self._models[number]).items()
            if known.get(name, self) is not value and isinstance(value, PLAIN)
        }
