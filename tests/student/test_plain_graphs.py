"""Graphs and other containers as plain values, the size limit of an answer, and the attributes of a model."""

import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx
import numpy as np
import pytest

from autograder.checking import Call, Foreign, Holder, ask
from autograder.grading.submission import Wanted, read_submission
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.student.plain import BUDGET, Converter
from autograder.wire import schema
from autograder.wire.frames import LIMIT
from tests.student.test_plain import crossed, kind
from tests.support.samples import FUNCTIONS, notebook, settings, shared_sandbox

TOO_LARGE = "value that is too large"


class Same:
    """A node that has the same name as every other node of this class."""

    def __str__(self) -> str:
        return "same"


class Mute:
    """A node without a name."""

    def __str__(self) -> str:
        raise ValueError


class Network(nx.DiGraph):
    """A student's own kind of graph."""


def example(of: Any = nx.DiGraph) -> Any:
    """A graph with nodes of all kinds, and edges with attributes of all kinds."""
    graph = of()
    graph.add_edge("x(1)", ("a", 1), label="W", weight=2.5)
    graph.add_edge(("a", 1), 7)
    graph.add_edge(7, 7.5, **{"": "empty", "long": "x" * 300, "odd": "\udcff"})
    return graph


NODES = ["x(1)", ("a", "1"), "7", "7.5"]
TEXTS = [{"label": "W"}, {}, {"": "empty", "long": "x" * 200, "odd": "?"}]
GRAPHS = {
    "directed": example(),
    "undirected": example(nx.Graph),
    "multi": example(nx.MultiGraph),
    "of an own class": example(Network),
    "frozen": nx.freeze(example()),
    "view": nx.subgraph_view(example()),
    "part": example().subgraph(list(example())),
    "turned twice": example().reverse(copy=False).reverse(copy=False),
    "converted": nx.Graph(example()).to_directed(as_view=True).to_undirected(as_view=True),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs(name: str) -> None:
    """A graph arrives in networkx's own type, with the names of its nodes and the texts of its edges."""
    sent = GRAPHS[name]
    made = crossed(sent)
    assert type(made) in (nx.Graph, nx.DiGraph, nx.MultiGraph)
    assert (made.is_directed(), made.is_multigraph()) == (sent.is_directed(), sent.is_multigraph())
    assert list(made) == NODES
    assert [data for *_, data in made.edges(data=True)] == TEXTS
    assert [set(edge) for edge in made.edges()] == [set(NODES[:2]), set(NODES[1:3]), set(NODES[2:])]


def test_keys_of_edges() -> None:
    """The key of a multigraph's edge arrives as an attribute if it is a text. Parallel edges stay separate."""
    graph = nx.MultiDiGraph()
    graph.add_edge(1, 2, key="W", label="first")
    graph.add_edge(1, 2, key=5)
    graph.add_edge(2, 1)
    made = crossed(graph)
    assert type(made) is nx.MultiDiGraph
    assert list(made.edges(data=True)) == [("1", "2", {"label": "first", "key": "W"}), ("1", "2", {}), ("2", "1", {})]


def test_nodes_of_equal_names() -> None:
    """Nodes that only look the same remain different nodes."""
    one, two = Same(), Same()
    made = crossed(nx.DiGraph([(one, two), (1, "1"), (two, 1)]))
    assert list(map(str, made)) == ["same", "same", "1", "1"]
    assert [tuple(map(str, edge)) for edge in made.edges()] == [("same", "same"), ("same", "1"), ("1", "1")]


def test_odd_graphs() -> None:
    """A graph with a node that has no name arrives as its type's name; one that is too large arrives as its size."""
    assert kind(nx.DiGraph([(1, Mute())])) == "DiGraph"
    assert kind(nx.path_graph(10_000)) == "network of 10000 nodes and 9999 edges"
    assert kind(nx.complete_graph(70)) == "network of 70 nodes and 2415 edges"
    assert len(crossed(nx.path_graph(500))) == 500
    assert len(crossed(nx.DiGraph())) == 0


def test_containers_of_numbers() -> None:
    """A container that numpy can read arrives as its type's name, with its numbers."""
    pandas = pytest.importorskip("pandas")
    for given, name in (
        (array.array("d", [1, 2]), "array"),
        (memoryview(b"\1\2"), "memoryview"),
        (bytearray(b"\1\2"), "bytearray"),
        (pandas.Series([1, 2]), "Series"),
        (pandas.DataFrame({"a": [1.0], "b": [2.0]}), "DataFrame"),
    ):
        made = crossed(given)
        assert kind(given) == name
        assert np.ravel(made).tolist() == [1, 2]
    assert crossed(pandas.DataFrame({"a": ["x"]})).content is None
    assert crossed(array.array("u", "ab")).content is None


# ---- how much an answer may carry


@pytest.mark.parametrize("size", [100_000, BUDGET - 8, 4 * 2**20, 4 * 2**20 + 8, BUDGET, BUDGET + 8, LIMIT])
def test_large_arrays(size: int) -> None:
    """An array arrives whole or as "too large". If it is too large, the values after it still arrive."""
    converter = Converter()
    made = crossed(np.zeros(size // 8), converter)
    if isinstance(made, Foreign):
        assert made.kind == TOO_LARGE
        assert crossed([np.ones(3), "text"], converter)[1] == "text"
    else:
        assert made.nbytes == size // 8 * 8


def test_spent_budget() -> None:
    """Values share the size limit of an answer. If one does not fit, a smaller one may still fit."""
    converter = Converter(budget=1000)
    assert crossed(np.zeros(100), converter).shape == (100,)
    for large in (np.zeros(100), "x" * 300, [1] * 100, [np.zeros(100)]):
        assert crossed(large, converter).kind == TOO_LARGE
    assert crossed(np.zeros(10), converter).shape == (10,)
    assert crossed("x" * 100, converter) == "x" * 100
    assert crossed([1.5], converter).kind == TOO_LARGE


def test_stretched_array() -> None:
    """A broadcast array that only looks large is refused before it takes any memory."""
    assert kind(np.broadcast_to(0.0, (10**6, 10**6))) == TOO_LARGE


def test_answers_fit() -> None:
    """Even the largest accepted values fit into a frame."""
    for thing in ([1.5] * 15_000, ["x" * 40] * 15_000, [nx.path_graph(500)] * 4, [[Same()] * 900] * 20):
        body = msgspec.msgpack.encode(schema.Reply(value=Converter().value(thing)))
        assert len(body) <= LIMIT
        assert crossed(thing) is not None


# ---- models and arguments

CELL = """
import numpy as np
def init(model, extra):
    model.W = np.eye(2)
    model.extra = np.zeros(int(extra))
    model.far = lambda: "kept on this side"
    model.__dict__["n" * 300] = 1
    model.__dict__["\\udcff"] = 2
def forward(model, x, y):
    x *= 2
    print(model.W.sum())
    model.z = x.sum()
    model.W = [model.far()]
    model.__dict__.update({f"more{n}": n for n in range(100)})
    return y
"""


@pytest.fixture
def far(tmp_path: Path) -> Iterator[FarFunctions]:
    """The functions of the cell above, in their own session."""
    (tmp_path / "homework.ipynb").write_bytes(notebook(CELL))
    submission = read_submission(tmp_path / "homework.ipynb", Wanted(FUNCTIONS))
    with Session(shared_sandbox(), submission, FUNCTIONS, settings()) as session:
        assert session.run_cells()
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        yield functions


@pytest.mark.parametrize("size", [0, 4.1, 5.1, 40])
def test_models(size: float, far: FarFunctions) -> None:
    """Even if one attribute of a model is too large, the others and the arguments come back intact."""
    functions, x = far.by_name(), np.arange(3.0)
    (made,) = ask(functions["init"], [(Holder(), size * 2**17)], name="init", stored=["W", "extra", "z"])
    assert isinstance(made.attributes["extra"], Foreign) == (size > 0)
    np.testing.assert_array_equal(made.attributes["W"], np.eye(2))
    call = Call((Holder(), x, 1.5), (functions["init"], size * 2**17), {"W": np.ones((2, 2))})
    (some,) = ask(functions["forward"], [call], name="forward", stored=["z", "W"])
    assert some.value == 1.5
    assert (x.tolist(), some.arguments[0].tolist()) == ([0, 1, 2], [0, 2, 4])
    assert some.attributes == {"z": 6.0, "W": ["kept on this side"]}
    assert far.printed == ["4.0\n"]
    (all_of_them,) = ask(functions["forward"], [call], name="forward")
    assert len(all_of_them.attributes) == 40
