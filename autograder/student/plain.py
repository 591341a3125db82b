"""Turning any value from a student's code into plain values for the wire."""

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np

from ..wire import schema
from .printing import utf8

#: The most bytes of arrays and texts that one answer may carry.
BUDGET = 3 * 2**20

_TOO_LARGE = "value that is too large"

#: Larger dictionaries do not cross the wall.
_MOST_PAIRS = 2000

#: At most this many attributes of an object cross the wall.
_MOST_ATTRIBUTES = 40


class Converter:
    """Converts the values of one answer, which share a budget."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._left = budget

    def value(self, thing: Any, depth: int = 0) -> schema.Value:
        """Return the value in the form of the wire; never raises."""
        try:
            return self._value(thing, depth)
        except MemoryError:
            return schema.Odd(_TOO_LARGE)
        except BaseException:  # a student's own types may raise anything
            return schema.Odd(type_name(thing))

    def left(self, thing: Any, sent: schema.Value, given: Any = None) -> schema.Left:
        """Return the state that a value from our side has after a call, or say that it has not changed.

        Args:
            thing: the object that is in its place now.
            sent: the value as our side sent it.
            given: the object that was made from it; ``thing`` itself if not given.
        """
        if (given is None or thing is given) and _is_still(thing, sent):
            return schema.Same()
        return self.value(thing)

    def attributes(
        self,
        holder: Any,
        stored: list[str] | None = None,
        given: dict[str, Any] | None = None,
        sent: dict[str, schema.Value] | None = None,
    ) -> dict[str, schema.Left]:
        """Return the attributes of an object.

        Args:
            holder: the object.
            stored: the names of the attributes to return; all if not given.
            given: the objects that were assigned before the call, by attribute name.
            sent: the values that these objects were made from.
        """
        given, sent = given or {}, sent or {}
        found = {name: value for name, value in vars(holder).items() if type(name) is str}
        names = list(found) if stored is None else [name for name in stored if name in found]
        return {
            clip(name, 200): self.left(found[name], sent[name], given[name])
            if name in given
            else self.value(found[name])
            for name in names[:_MOST_ATTRIBUTES]
        }

    def _value(self, thing: Any, depth: int) -> schema.Value:
        if thing is None or type(thing) is bool:
            return thing  # type: ignore[no-any-return]
        if _is(thing, np.ndarray, np.generic):
            return self._array(thing) or schema.Odd(_entries_name(thing), self._numbers_of(thing))
        for kind in (int, float, str):
            if _is(thing, kind):
                return self._simple(kind(thing))
        if _is(thing, list, tuple):
            return self._items(thing, depth) if depth < schema.DEEPEST else schema.Odd(type_name(thing))
        if _is(thing, dict):
            return self._pairs(thing, depth) if depth < schema.DEEPEST else schema.Odd(type_name(thing))
        if _is(thing, nx.Graph):
            return self._network(thing)
        return schema.Odd(type_name(thing), self._content(thing))

    def _simple(self, thing: int | float | str) -> schema.Value:
        if isinstance(thing, str):
            self._spend(len(thing))
            return clip(thing, 10_000)
        if isinstance(thing, int) and not -(2**63) <= thing < 2**63:
            return schema.large(thing) or schema.Odd("int")
        return thing

    def _spend(self, size: int) -> None:
        if size > self._left:  # a value that does not fit must not use up room for one that does
            raise MemoryError
        self._left -= size

    def _array(self, thing: Any) -> schema.Array | None:
        """An array of numbers, of exactly numpy's own type, in the machine's byte order; None for other contents."""
        array = np.asarray(thing)
        dtype = array.dtype.newbyteorder("=")
        if dtype.str[1:] not in schema.DTYPES or array.ndim > 8 or max(array.shape, default=0) > 2**40:
            return None
        self._spend(array.nbytes)
        data = array.astype(dtype, order="C", copy=False).tobytes()
        return schema.Array(dtype.str[1:], list(array.shape), data, isinstance(thing, np.generic))  # type: ignore[arg-type]

    def _items(self, thing: Any, depth: int) -> schema.Value:
        if len(thing) > 20_000:
            return schema.Odd(type_name(thing), self._content(thing))
        self._spend(16 * len(thing))
        values = [self._value(item, depth + 1) for item in list.__iter__(list(thing))]
        return schema.Items(isinstance(thing, tuple), values)

    def _pairs(self, thing: Any, depth: int) -> schema.Value:
        if len(thing) > _MOST_PAIRS:
            return schema.Odd(type_name(thing))
        self._spend(32 * len(thing))
        pairs = [(self._value(k, depth + 1), self._value(v, depth + 1)) for k, v in dict.items(dict(thing))]
        return schema.Pairs(pairs)

    def _content(self, thing: Any) -> schema.Array | None:
        """The numbers in another kind of container: a data frame, an ``array.array``, a masked array."""
        if not hasattr(thing, "__array__") and not isinstance(thing, (list, memoryview, bytearray)):
            try:
                thing = memoryview(thing)
            except TypeError:
                return None
        return self._array(np.asarray(thing))

    def _numbers_of(self, thing: Any) -> schema.Array | None:
        """The numbers in an array of objects; None if it holds anything else."""
        array = np.asarray(thing)
        if array.dtype != object or not all(isinstance(entry, (int, float)) for entry in array.flat):
            return None
        return self._array(array.astype(np.float64))

    def _network(self, found: Any) -> schema.Value:
        nodes = list(found.nodes)
        index = {node: position for position, node in enumerate(nodes)}
        edges = [
            schema.Edge(index[tail], index[head], _texts(attributes))
            for tail, head, attributes in _edges(found)
        ]  # fmt: skip
        if len(nodes) > 500 or len(edges) > 2000:
            return schema.Odd(f"network of {len(nodes)} nodes and {len(edges)} edges")
        directed, multi = bool(found.is_directed()), bool(found.is_multigraph())
        return schema.Network(directed, multi, [_node_name(node) for node in nodes], edges)


def _is(thing: Any, *kinds: type) -> bool:
    """Whether a value is of one of these types, or of a subclass, whatever its ``__class__`` says."""
    return issubclass(type(thing), kinds)


def _is_still(thing: Any, sent: schema.Value) -> bool:
    """Whether an array of exactly numpy's own type still has the type, shape and bytes that were sent."""
    if type(thing) is not np.ndarray or not isinstance(sent, schema.Array):
        return False
    same_kind = thing.dtype.str[1:] == sent.dtype and thing.dtype.isnative
    return same_kind and list(thing.shape) == sent.shape and thing.tobytes() == sent.data


def _edges(found: Any) -> Iterable[tuple[Any, Any, dict[Any, Any]]]:
    """The edges with their attributes. In a multigraph, the key of an edge may be its label."""
    if not found.is_multigraph():
        return list(found.edges(data=True))
    return [
        (tail, head, {**attributes, **({"key": key} if isinstance(key, str) else {})})
        for tail, head, key, attributes in found.edges(keys=True, data=True)
    ]


def _texts(attributes: dict[Any, Any]) -> dict[str, str]:
    found = {clip(str(name), 200): clip(text, 200) for name, text in attributes.items() if isinstance(text, str)}
    return dict(list(found.items())[:20])


def _node_name(node: Any) -> str | list[str]:
    if isinstance(node, tuple):
        return [clip(str(part), 200) for part in node[:8]]
    return clip(str(node), 200)


def type_name(thing: Any) -> str:
    """The name of a value's type, clipped. Never raises, even if a metaclass redefines the name."""
    return clip(_NAME_OF_TYPE(type(thing)), 100)


_NAME_OF_TYPE = type.__dict__["__name__"].__get__


def _entries_name(array: Any) -> str:
    """The name for an array that does not cross the wall."""
    dtype = np.asarray(array).dtype
    return clip(f"array of {dtype}", 100) if dtype.kind != "O" else "object array"


def clip(text: str, limit: int) -> str:
    """A text of exactly the built-in type, valid in UTF-8, and no longer than the limit."""
    return utf8(str.__str__(text)[:limit])
