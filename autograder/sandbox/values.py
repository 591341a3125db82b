"""Turning plain values from the wire into fresh Python objects, and back.

Every object made here has exactly a built-in, numpy or networkx type, or is a ``Foreign``. A value that contradicts
itself raises a WireError: for example, an array with too few bytes for its shape, or an edge from nowhere.
"""

import math
from collections import Counter
from typing import Any

import networkx as nx
import numpy as np

from ..checking.calls import Foreign
from ..wire import schema
from ..wire.facts import Box, Curve, Drawing, Line, Marker, Sight, Text
from ..wire.frames import WireError

#: The most symbols, texts or lines of one drawing that we judge. No sensible drawing has more, and judging more would
#: take long. We look at no more than about three drawings of this size.
_MOST_ITEMS = 300
_LONGEST_TEXT = 200
_LONGEST_PATH = 400
_MOST_CORNERS = 8
_MOST_CURVES, _LONGEST_CURVE = 50, 5000


def to_wire(value: Any) -> schema.Value:
    """Turn one of our arguments into a value for the wire: a number, text, array, or a list or dictionary of these."""
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
        return schema.Array(array.dtype.str[1:], list(array.shape), array.tobytes(), array.ndim == 0)  # type: ignore[arg-type]
    if isinstance(value, (list, tuple)):
        return schema.Items(isinstance(value, tuple), [to_wire(item) for item in value])
    if isinstance(value, dict):
        return schema.Pairs([(to_wire(key), to_wire(inner)) for key, inner in value.items()])
    if isinstance(value, int) and not -(2**63) <= value < 2**63 and (large := schema.large(value)):
        return large
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be an argument")


#: The most nodes and edges that all graphs in one value may have together, and the most items of all its lists and
#: dictionaries. More would take minutes and gigabytes.
_MOST_PARTS, _MOST_LISTED = 6000, 500_000

#: The types of values that cross as they are.
_PLAIN = {bool, int, float, str, type(None)}


def from_wire(value: schema.Value, depth: int = 0, room: list[int] | None = None) -> Any:
    """Make a fresh object from a value that came over the wire.

    Args:
        value: the value from the other side.
        depth: how deeply it is nested in other values.
        room: how many more nodes and edges, and how many more items, the whole value may have; its parts share it.

    Raises:
        WireError: the value contradicts itself, or holds too much.
    """
    room = [_MOST_PARTS, _MOST_LISTED] if room is None else room
    if isinstance(value, (schema.Items, schema.Pairs)):
        room[1] -= len(value.values) if isinstance(value, schema.Items) else len(value.pairs)
        if room[1] < 0 or depth > schema.DEEPEST:
            raise WireError("values are nested too deeply, or too many")
    if isinstance(value, schema.Array):
        return _array(value)
    if isinstance(value, schema.Large):
        return int(value.digits, 16)
    if isinstance(value, schema.Items):
        items = _each(value.values, depth, room)
        return tuple(items) if value.tuple else items
    if isinstance(value, schema.Pairs):
        keys, held = ([pair[place] for pair in value.pairs] for place in (0, 1))
        return _dictionary(list(zip(_each(keys, depth, room), _each(held, depth, room), strict=True)))
    if isinstance(value, schema.Odd):
        return Foreign(value.kind, None if value.array is None else _array(value.array))
    if isinstance(value, schema.Network):
        room[0] -= 1 + len(value.nodes) + len(value.edges)
        if room[0] < 0:
            raise WireError("too many networks")
        return _network(value)
    return value


def _each(values: list[schema.Value], depth: int, room: list[int]) -> list[Any]:
    """The items of a list. Most are plain already, and an answer may have millions."""
    return [value if type(value) in _PLAIN else from_wire(value, depth + 1, room) for value in values]


#: The most keys of a dictionary with the same hash. Each is compared with all before it, which is slow for many.
_MOST_ALIKE = 20


def _dictionary(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    try:
        if max(Counter(hash(key) for key, _ in pairs).values(), default=0) > _MOST_ALIKE:
            raise WireError("a dictionary with too many keys of the same hash")
        return dict(pairs)
    except TypeError as error:  # a list or an array as a key
        raise WireError("a value that cannot be a key") from error


def _array(value: schema.Array) -> Any:
    dtype = np.dtype(value.dtype)
    if math.prod(value.shape) * dtype.itemsize != len(value.data):
        raise WireError(f"an array of {len(value.data)} bytes with shape {value.shape}")
    try:
        array = np.frombuffer(value.data, dtype=dtype).reshape(value.shape).copy()
    except ValueError as error:  # an empty array whose other dimensions are too large for numpy
        raise WireError(f"an array of shape {value.shape}") from error
    return array[()] if value.generic and array.ndim == 0 else array


class _Twin:
    """A node that has the same name as another node."""

    def __init__(self, name: Any) -> None:
        self.name = name

    def __str__(self) -> str:
        return str(self.name)


def _network(value: schema.Network) -> Any:
    kinds = {(False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph}
    network: Any = kinds.get((value.directed, value.multi), nx.MultiDiGraph)()
    nodes: list[Any] = []
    for name in value.nodes:
        node = tuple(name) if isinstance(name, list) else name
        nodes.append(_Twin(node) if node in network else node)
        network.add_node(nodes[-1])
    for edge in value.edges:
        if max(edge.tail, edge.head) >= len(nodes):
            raise WireError("an edge from or to nowhere")
        network.add_edges_from([(nodes[edge.tail], nodes[edge.head], dict(edge.attributes))])
    return network


def plain_drawings(drawings: list[Drawing]) -> list[Drawing]:
    """Leave out items without a valid position, and cut texts and lists that are too long.

    Arrows are kept before plain lines, and the pieces of curves come last: a curve may have hundreds of these.
    """
    plain: list[Drawing] = []
    for drawing in drawings:
        lines = sorted(
            filter(_is_line, drawing.lines), key=lambda line: (not line.pointed, len(line.path) == 2, line.piece)
        )
        texts = [
            Text(text.text[:_LONGEST_TEXT], text.box, text.sight, text.angle)
            for text in drawing.texts
            if _is_box(text.box) and _is_sight(text.sight) and _are_finite(text.angle)
        ]
        markers = [marker for marker in drawing.markers if _is_marker(marker)]
        curves = [curve for curve in drawing.curves if _is_curve(curve)]
        title, x_label, y_label = (text[:_LONGEST_TEXT] for text in (drawing.title, drawing.x_label, drawing.y_label))
        plain.append(
            Drawing(
                markers[:_MOST_ITEMS],
                texts[:_MOST_ITEMS],
                lines[:_MOST_ITEMS],
                curves[:_MOST_CURVES],
                title,
                x_label,
                y_label,
                drawing.whole,
                drawing.figure,
                drawing.broken[:_LONGEST_TEXT],
            )
        )
        if sum(max(len(d.markers), len(d.texts), len(d.lines)) for d in plain) > 3 * _MOST_ITEMS:
            break
    return plain


def _is_curve(curve: Curve) -> bool:
    return len(curve.xs) == len(curve.ys) <= _LONGEST_CURVE and all(map(math.isfinite, (*curve.xs, *curve.ys)))


def _is_box(box: Box) -> bool:
    return _are_finite(box.x0, box.y0, box.x1, box.y1)


def _is_sight(sight: Sight) -> bool:
    return _are_finite(sight.contrast, sight.left, sight.size, sight.opacity)


def _is_marker(marker: Marker) -> bool:
    if len(marker.corners) > _MOST_CORNERS or not _is_box(marker.box) or not _is_sight(marker.sight):
        return False
    return all(_are_finite(*corner) for corner in marker.corners)


def _is_line(line: Line) -> bool:
    if not 2 <= len(line.path) <= _LONGEST_PATH or not _is_sight(line.sight) or not _is_sight(line.tip):
        return False
    return all(_are_finite(*point) for point in (line.tail, line.head, *line.path))


def _are_finite(*numbers: float) -> bool:
    return all(math.isfinite(number) and abs(number) < 1e9 for number in numbers)
