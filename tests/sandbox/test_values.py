"""Turning values from the wire into our own objects: all of them are plain, and none is too large."""

import math
import tracemalloc
from itertools import pairwise
from typing import Any

import msgspec
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.values import from_wire, plain_drawings, to_wire
from autograder.student.worker import argument_from
from autograder.wire import schema
from autograder.wire.facts import Box, Curve, Drawing, Line, Marker, Text
from autograder.wire.frames import WireError
from tests.wire.fuzz_wire import DECODERS, assert_finite, assert_plain, check

pytestmark = pytest.mark.sampled(7, by="file")


#: Every run draws the same examples, and may take any time.
fixed = settings(max_examples=120, derandomize=True, deadline=None)


def _graph(nodes: list[Any], edges: list[Any]) -> dict[str, Any]:
    return {"type": "network", "directed": True, "multi": True, "nodes": nodes, "edges": edges}


def _items(item: Any, count: int) -> dict[str, Any]:
    return {"type": "items", "tuple": False, "values": [item] * count}


BOX = {"x0": 0, "y0": 0, "x1": 0, "y1": 0}
LINE = {"tail": [0, 0], "head": [0, 0], "path": [], "pointed": False}

#: Answers of a few hundred kilobytes, full of things that take much more memory than bytes on the wire.
GREEDY: dict[str, dict[str, Any]] = {
    "points": {"drawings": [{"lines": [LINE | {"path": [[0, 0]] * 80_000}]}]},
    "lines": {"drawings": [{"lines": [LINE] * 8000}]},
    "markers": {"drawings": [{"markers": [{"box": BOX, "round": True}] * 8000}]},
    "texts": {"drawings": [{"texts": [{"text": "", "box": BOX}] * 8000}]},
    "curves": {"drawings": [{"curves": [{"xs": [0.0] * 20_000, "ys": []}]}]},
    "nodes": {"value": _items(_graph([[]] * 500, []), 400)},
    "names": {"value": _items(_graph(["\u20ac"] * 500, []), 120)},
    "edges": {"value": _items(_graph([""], [[0, 0, {}]] * 2000), 30)},
    "edges with texts": {"value": _items(_graph([""], [[0, 0, {"\u20ac": "\u20ac"}]] * 2000), 12)},
    "graphs": {"value": _items(_graph([""], []), 5000)},
    "integers": {"value": _items(_items(4096, 20_000), 4)},
    "floats": {"value": _items(_items(0.0, 20_000), 2)},
    "letters": {"value": _items(_items("\u20ac", 20_000), 3)},
    "lists": {"value": _items(_items(None, 0), 9000)},
    "arrays": {"value": _items({"type": "array", "dtype": "b1", "shape": [], "data": b"1"}, 6000)},
    "pairs": {"value": _items({"type": "pairs", "pairs": [[n, n] for n in range(2000)]}, 40)},
    "odd values": {"value": _items({"type": "odd", "kind": ""}, 15_000)},
}


@pytest.mark.parametrize("thing", GREEDY)
def test_memory_follows_the_size(thing: str) -> None:
    """Whatever an answer contains, it takes at most 64 times its size in memory, and a little more."""
    body = msgspec.msgpack.encode({"type": "answer"} | GREEDY[thing])
    assert len(body) > 150_000
    tracemalloc.start()
    try:
        check(body)
        largest = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert largest < 64 * len(body) + 4 * 2**20


short = st.text(max_size=4)
numbers = st.integers(-(2**63), 2**63 - 1)
shapes = st.lists(st.integers(0, 3), max_size=4)
contradictions = st.builds(
    schema.Array,
    st.sampled_from(schema.DTYPES),
    st.lists(st.sampled_from([0, 1, 2, 2**31, 2**40]), max_size=8),
    st.binary(max_size=64),
    st.booleans(),
)
edges = st.builds(schema.Edge, st.integers(0, 4), st.integers(0, 4), st.dictionaries(short, short, max_size=3))
graphs = st.builds(
    schema.Network,
    st.booleans(),
    st.booleans(),
    st.lists(short | st.lists(short, max_size=2), min_size=3, max_size=6),
    st.lists(edges, max_size=6),
)


@st.composite
def arrays(draw: Any) -> schema.Array:
    """An array of any type, with the number of bytes that its shape needs."""
    dtype, shape = draw(st.sampled_from(schema.DTYPES)), draw(shapes)
    size = math.prod(shape) * np.dtype(dtype).itemsize
    return schema.Array(dtype, shape, draw(st.randoms(use_true_random=False)).randbytes(size), draw(st.booleans()))


simple = st.none() | st.booleans() | numbers | st.floats() | short | arrays() | contradictions | graphs
simple |= st.builds(schema.Odd, short, st.none() | arrays() | contradictions)
simple |= st.builds(schema.Large, st.from_regex(r"\A-?[0-9a-f]{1,40}\Z"))
values = st.recursive(simple, lambda inner: st.builds(schema.Items, st.booleans(), st.lists(inner, max_size=3)))


@given(values)
@settings(fixed, max_examples=300)
def test_values_are_plain(value: Any) -> None:
    """Every value that the schema allows either becomes an object of a known type or is refused."""
    answer = DECODERS["Answer"](msgspec.msgpack.encode(schema.Reply(value=value)))
    try:
        made = from_wire(answer.value)
    except WireError:
        return
    assert_plain(made)


@given(arrays())
@fixed
def test_arrays_are_exact(array: schema.Array) -> None:
    """An array keeps its type, its shape and every number, and can be sent back unchanged."""
    made = from_wire(array)
    assert (made.dtype.str[1:], list(made.shape)) == (array.dtype, array.shape)
    assert isinstance(made, np.generic) == (array.generic and not array.shape)
    again = from_wire(to_wire(made))
    assert (again.dtype, again.shape) == (made.dtype, made.shape)
    expected = np.frombuffer(array.data, array.dtype).reshape(array.shape)
    for found in (made, again):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    "value", [{1}, nx.Graph(), [1, object()], {"a": (b"bytes",)}], ids=["set", "graph", "object", "bytes"]
)
def test_arguments_that_cannot_cross(value: Any) -> None:
    """What is no number, text, array, list or dictionary is refused by the name of its type, also inside of these."""
    with pytest.raises(TypeError, match=r"a (set|Graph|object|bytes) cannot be an argument"):
        to_wire(value)


@given(graphs)
@fixed
def test_graphs_are_exact(graph: schema.Network) -> None:
    """A graph keeps its nodes, its edges and their attributes. Nodes with equal names stay separate."""
    if any(max(edge.tail, edge.head) >= len(graph.nodes) for edge in graph.edges):
        with pytest.raises(WireError):
            from_wire(graph)
        return
    made = from_wire(graph)
    assert isinstance(made, nx.Graph)
    assert (made.is_directed(), made.is_multigraph()) == (graph.directed, graph.multi)
    assert list(map(str, made)) == [str(tuple(n)) if isinstance(n, list) else n for n in graph.nodes]
    if graph.multi:
        assert sorted(map(str, (data for *_, data in made.edges(data=True)))) == sorted(
            str(edge.attributes) for edge in graph.edges
        )


@pytest.mark.parametrize(
    "value",
    [
        schema.Array("f8", [2], bytes(15)),
        schema.Array("f8", [], b""),
        schema.Array("f8", [2**40, 2**40, 2**40, 0], b""),
        schema.Array("f8", [0, *[2**40] * 7], b""),
        schema.Odd("Series", schema.Array("f8", [3], bytes(8))),
        schema.Network(True, False, ["a"], [schema.Edge(0, 1, {})]),
        schema.Network(True, False, [], [schema.Edge(0, 0, {})]),
    ],
)
def test_contradictions(value: schema.Value) -> None:
    """A value that contradicts itself raises a WireError."""
    with pytest.raises(WireError):
        from_wire(value)


def test_too_deep() -> None:
    """Nested lists cross down to a certain depth, and no deeper."""
    value: schema.Value = schema.Items(False, [])
    for _ in range(schema.DEEPEST):
        value = schema.Items(False, [value])
    assert str(from_wire(value)) == "[" * 7 + "]" * 7
    with pytest.raises(WireError):
        from_wire(schema.Items(True, [value]))


coordinate = st.floats() | st.sampled_from([0.0, 1e9, -1e9, 1e308])
points = st.tuples(coordinate, coordinate)
boxes = st.builds(Box, coordinate, coordinate, coordinate, coordinate)
drawings = st.builds(
    Drawing,
    st.lists(st.builds(Marker, boxes, st.booleans()), max_size=4),
    st.lists(st.builds(Text, st.text(max_size=300), boxes), max_size=4),
    st.lists(st.builds(Line, points, points, st.lists(points, max_size=4), st.booleans()), max_size=4),
)


@given(st.lists(drawings, max_size=3))
@fixed
def test_drawings_are_finite(found: list[Drawing]) -> None:
    """Only items with finite coordinates are kept, and all of those are."""
    answer = DECODERS["Answer"](msgspec.msgpack.encode(schema.Reply(drawings=found)))
    plain = plain_drawings(answer.drawings)
    assert_finite(plain)
    for drawing, kept in zip(found, plain, strict=True):
        fine = [m for m in drawing.markers if all(abs(n) < 1e9 for n in vars(m.box).values())]
        assert kept.markers == fine


def test_drawings_are_cut() -> None:
    """A drawing with far too many symbols, texts and lines is cut to a sensible size."""
    box, path = Box(0.0, 0.0, 1.0, 1.0), [(0.0, 0.0)] * 2
    lines = [Line((0.0, 0.0), (1.0, 1.0), path, True), Line((0.0, 0.0), (1.0, 1.0), path * 500, True)]
    (plain,) = plain_drawings([Drawing([Marker(box, True)] * 9999, [Text("x" * 999, box)] * 9999, lines * 9999)])
    assert_finite([plain])
    assert {len(line.path) for line in plain.lines} == {2}


@pytest.mark.parametrize("things", ["markers", "texts", "lines"])
def test_only_a_few_large_drawings_are_judged(things: str) -> None:
    """Once they have more markers, texts or lines than three of the largest size, no further drawings are judged."""
    box, ends = Box(0.0, 0.0, 1.0, 1.0), [(0.0, 0.0), (1.0, 1.0)]
    one = {"markers": Marker(box, True), "texts": Text("x", box), "lines": Line(*ends, ends, False)}[things]
    large, small = Drawing(**{things: [one] * 9999}), Drawing(**{things: [one]})
    plain = plain_drawings([small, *[large] * 9])
    assert [len(getattr(drawing, things)) for drawing in plain] == [1, 300, 300, 300]
    assert len(plain_drawings([*[large] * 3, *[small] * 3])) == 4
    assert len(plain_drawings([small] * 20)) == 20


def test_whole_curves_are_kept_before_their_pieces() -> None:
    """Of several long curves, what is cut are pieces; each curve as a whole stays, after the arrows."""
    points = [(float(n), 0.0) for n in range(200)]
    pieces = [Line(a, b, [a, b], False) for a, b in pairwise(points)]
    curve, arrow = Line(points[0], points[-1], points, False), Line(points[0], points[1], points[:2], True)
    (plain,) = plain_drawings([Drawing(lines=[*pieces, curve, *pieces, curve, arrow])])
    assert plain.lines[:3] == [arrow, curve, curve]
    assert len(plain.lines) == 300


def test_dictionaries() -> None:
    """Dictionaries cross unchanged. A value that cannot be a key is refused."""
    value = {"a": 1, 2: [1.5, None], (1, "b"): {"inner": np.arange(2)}, None: True}
    made = from_wire(to_wire(value))
    assert list(made) == list(value)
    assert made[1, "b"]["inner"].tolist() == [0, 1]
    with pytest.raises(WireError, match="key"):
        from_wire(schema.Pairs([(schema.Items(False, []), 1)]))
    nested: schema.Value = None
    for _ in range(9):
        nested = schema.Pairs([(0, nested)])
    with pytest.raises(WireError, match="too deeply"):
        from_wire(nested)


def test_curves_are_plain() -> None:
    """A curve is left out if its coordinates do not match, include inf or nan, or are too many. So are extra curves."""
    fine = Curve([0.0, 1.0], [2.0, 3.0])
    odd = [
        Curve([0.0], []),
        Curve([float("nan")], [0.0]),
        Curve([0.0], [float("inf")]),
        Curve([0.0] * 5001, [0.0] * 5001),
    ]
    (plain,) = plain_drawings([Drawing(curves=[*odd, *[fine] * 60], title="t" * 300, x_label="x", y_label="y")])
    assert plain == Drawing(curves=[fine] * 50, title="t" * 200, x_label="x", y_label="y")


@pytest.mark.parametrize("number", [2**63, -(2**64), 3**5000])
def test_integers_of_any_size_are_arguments(number: int) -> None:
    """Beyond 64 bits, an integer crosses as its digits, in both directions."""
    sent = DECODERS["Answer"](msgspec.msgpack.encode(schema.Reply(value=to_wire(number)))).value
    assert from_wire(sent) == argument_from(sent) == number


def test_lists_in_lists_have_a_limit_together() -> None:
    """Millions of items, each list of which is short enough, would take seconds to make."""
    row = schema.Items(False, [None] * 20_000)
    assert len(from_wire(schema.Items(False, [row] * 20))) == 20
    with pytest.raises(WireError, match="too many"):
        from_wire(schema.Items(False, [row] * 30))
