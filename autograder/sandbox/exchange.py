"""The calls of one test case on their way to a copy and back.

A message and its answer cost more than most calls of a student's function. So a call that only prepares a model goes
along with the call that uses it, and a case that makes many calls may announce them: then all go in one message. Each
is answered for itself, under a clock of its own.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from ..wire import schema
from .session import Ended, Session, TimedOut
from .values import to_wire

#: What crosses the wall by itself; any other first argument of a call is a model.
PLAIN = (bool, int, float, str, list, tuple, np.ndarray, np.generic, type(None))

#: So long a call may take that prepares a model. A function that took longer is not asked to prepare again.
PREPARE_SECONDS = 2.0


class Exchange:
    """What is under way between the test case and its copy."""

    def __init__(self, session: Session, note: Callable[[str, schema.Answer], None]) -> None:
        self.session, self._note = session, note
        self._endless: set[str] = set()
        self.begin_case()

    def begin_case(self) -> None:
        """Forget the case before."""
        self._models: list[Any] = []
        self._known: dict[int, dict[str, Any]] = {}
        self._preparing: dict[int, schema.Call] = {}
        self._announced: list[tuple[str, Any, tuple[Any, ...]]] = []
        self._awaited: deque[schema.Call] = deque()

    def prepare(self, name: str, model: Any, arguments: tuple[Any, ...]) -> None:
        """Let a function prepare a model, together with the first call that uses it."""
        number = self._number(model)
        self._preparing[number] = schema.Call(
            function=name, model=number, arguments=[to_wire(argument) for argument in arguments], prepare=True
        )

    def announce(self, name: str, calls: list[tuple[Any, ...]]) -> None:
        """Say which calls come next."""
        self._announced = [(name, model, tuple(rest)) for model, *rest in calls]

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
                return order, self.session.answer()
            try:
                answer = self.session.answer(PREPARE_SECONDS)
            except Ended as ended:
                if self.session.late:
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
        if self.session.lost:
            self._awaited.clear()
        order = next((order for order in self._awaited if not order.prepare), None)
        if order is None:
            return False
        if order.function == name and order.model is not None and self._models[order.model] is model:
            return True
        self.session.end_case()  # the case does not do what it announced: its answers are of no use
        return False

    def _ask(self, name: str, model: Any, arguments: tuple[Any, ...], watch: bool) -> None:
        """Send a call, and those announced with it if it is the first of them."""
        if self.session.lost:  # the copy that knew the models is gone
            self._known = {}
        self._awaited.clear()
        announced, self._announced = self._announced, []
        if not announced or announced[0][0] != name or announced[0][1] is not model:
            announced = [(name, model, arguments)]
        orders = [order for planned in announced for order in self._orders(*planned, watch)]
        self._awaited.extend(orders)
        self.session.send(orders)

    def _orders(self, name: str, model: Any, arguments: tuple[Any, ...], watch: bool) -> list[schema.Call]:
        """A call as it crosses, after the one that prepares its model if the copy does not know the model yet."""
        number = None if model is None else self._number(model)
        orders = []
        if number is not None and number not in self._known:
            first = self._preparing.get(number)
            if first is not None and first.function not in self._endless:
                orders.append(first)
        call = schema.Call(
            function=name,
            model=number,
            attributes={} if number is None else self._changed(number),
            arguments=[to_wire(argument) for argument in arguments],
            watch=watch,
        )
        return [*orders, call]

    def _number(self, model: Any) -> int:
        for number, other in enumerate(self._models):
            if other is model:
                return number
        self._models.append(model)
        return len(self._models) - 1

    def _changed(self, number: int) -> dict[str, schema.Value]:
        """The attributes that were assigned on our side since the last call."""
        known = self._known.setdefault(number, {})
        return {
            name: to_wire(value)
            for name, value in vars(self._models[number]).items()
            if known.get(name, self) is not value and isinstance(value, PLAIN)
        }
