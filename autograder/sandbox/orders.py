"""The calls of a batch in the form that crosses the wall."""

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from ..checking.calls import PLAIN, Call, holder_of, is_far
from ..wire import schema
from .values import to_wire


def orders_for(
    name: str, calls: Iterable[Call], stored: Sequence[str] | None, watch: bool, too_slow: Collection[str]
) -> list[schema.Order]:
    """Turn the calls of a batch into orders.

    Args:
        name: the function's name.
        calls: the calls.
        stored: the attributes of an object that come back; all if not given.
        watch: whether drawings come back.
        too_slow: functions that must not prepare an object.

    Returns:
        An order for each call. If the call wants its object prepared, another order for that goes before it. An object
        is sent with its attributes at its first call, and dropped after its last.
    """
    orders: list[schema.Order] = []
    numbers: dict[int, int] = {}
    last: dict[int, int] = {}
    for call in calls:
        holder, rest = holder_of(call.arguments)
        attributes, number, kind = dict(call.attributes), None, type(holder).__name__
        if holder is not None:
            number = numbers.setdefault(id(holder), len(numbers))
            if number not in last:
                attributes = {name: value for name, value in vars(holder).items() if isinstance(value, PLAIN)}
                attributes |= call.attributes
                orders += _preparation(call, number, kind, too_slow)
            last[number] = len(orders)
        orders.append(
            schema.Order(
                function=name,
                holder=number,
                kind=kind,
                attributes={name: to_wire(value) for name, value in attributes.items()},
                arguments=[to_wire(argument) for argument in rest],
                stored=None if stored is None else list(stored),
                watch=watch,
            )
        )
    for index in last.values():
        orders[index] = replace(orders[index], last=True)
    return orders


def _preparation(call: Call, number: int, kind: str, too_slow: Collection[str]) -> list[schema.Order]:
    function, *arguments = call.prepare or (None,)
    if not is_far(function) or not callable(function) or function.name in too_slow:
        return []
    sent = [to_wire(argument) for argument in arguments]
    return [schema.Order(function=function.name, holder=number, kind=kind, arguments=sent, prepare=True)]
