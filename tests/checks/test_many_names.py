"""A graph or a drawing may hold thousands of odd names and labels. Reading them all takes our own time."""

import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from assignment.checks import network, placing
from assignment.checks.names import Name, read_name, read_other, simplify
from assignment.checks.network import Returned


@pytest.mark.parametrize(
    ("read", "text"), [(read_name, "l" + "…" * 199), (read_other, "t" * 199 + "1!"), (read_other, "t" * 200)]
)
def test_what_looks_like_a_name_until_its_end_is_read_at_once(read: Callable[[str], object], text: str) -> None:
    """A thousand of them take some hundredths of a second. The patterns alone would take seconds."""
    begun = time.process_time()
    assert [read(text) for _ in range(1000)] == [None] * 1000
    assert time.process_time() - begun < 0.8


def test_a_text_does_not_grow_when_it_is_folded() -> None:
    """One character may become eighteen. A short name with such a character in it is still read."""
    assert max(len(simplify(character * 200)) for character in ("ﷺ", "…")) <= 200
    assert read_name("ℒ⑴") == Name("L", 1)


def test_texts_of_edges_have_a_limit_together() -> None:
    """Thousands of texts at parallel edges are not all kept to be read. Those of the first edges are."""
    graph: Any = nx.MultiDiGraph()
    for number in range(600):
        graph.add_edge("x(1)", "a(1)", label="W" if not number else f"odd {number}", other=str(number))
    ((edge, texts),) = Returned(graph, 3).texts.items()
    assert edge == (Name("x", 1), Name("a", 1))
    assert texts[:2] == ["W", "0"]
    assert len(texts) == 500


def test_names_are_read_once_for_all_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three letters may stand for three kinds in six ways. The names are not read anew for each of them."""
    read = list[Any]()
    monkeypatch.setattr(network, "read_name", lambda node: read.append(node) or read_name(node))
    steps = [(f"x({t})", f"p({t})", f"q({t})", f"r({t})") for t in (1, 2, 3)]
    graph: Any = nx.DiGraph()
    for x, p, q, r in steps:
        nx.add_path(graph, [x, p, q, r])
    nx.add_path(graph, [p for _, p, *_ in steps])
    assert Returned(graph, 3).letters == {"p": "a", "q": "z", "r": "L"}
    assert len(read) <= 5 * len(graph)


def test_a_drawn_text_of_many_parts_is_not_read_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is explained in twenty lines, or by more than one part that is not a word."""
    read = list[Any]()
    monkeypatch.setattr(placing, "read_as", lambda text, letters: read.append(text) or network.read_as(text, letters))
    assert placing.read_with_words("a b c d e " * 20, {}) is None
    assert placing.read_text("a\n" * 100, {}) is None
    assert len(read) == 1  # the whole text
    assert placing.read_with_words("the input x(1) here", {}) == placing.read_text("x(1)\nthe input", {}) == ("x", 1)
