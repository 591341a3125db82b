"""Drawings in which something is hard to see, or cannot be seen: each loses exactly the cases that it should."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import msgspec
import pytest

from assignment.checks import labels, layout, watching
from assignment.settings import STEPS
from autograder.checking import Mistake
from tests.support.drawings import CASES, samples

pytestmark = pytest.mark.sampled(5, by="file")


CHECKS = {
    "names": lambda seen: layout.check_names(seen.picture, seen.expected),
    "arrows": lambda seen: layout.check_arrows(seen.picture, seen.expected),
    "labels": lambda seen: labels.check_labels_seen(seen.returned, seen.picture, seen.expected.told(seen.picture)),
    "arrangement": lambda seen: layout.check_arrangement(seen.picture, seen.expected),
}


def lost(graph):
    """The cases that a function graph() loses, with their messages."""
    with mpl.rc_context():
        seen = watching.see(graph, STEPS)
        plt.close("all")
    msgspec.msgpack.encode(seen.drawings)  # plain numbers only, or the drawing would not cross the wall
    found = {}
    for case, check in CHECKS.items():
        try:
            check(seen)
        except Mistake as mistake:
            found[CASES[case]] = str(mistake)
    return found


@pytest.mark.parametrize("sample", samples("accepted"), ids=lambda sample: sample.name)
def test_what_a_person_sees_is_accepted(sample):
    """Pale, thin, small, half covered, dark, oversized and doubled things count, and heads of any making."""
    assert lost(sample.graph()) == {}


@pytest.mark.parametrize("sample", samples("refused"), ids=lambda sample: sample.name)
def test_what_nobody_sees_costs_its_case(sample):
    """What is transparent, covered, cut off, tiny or of the colour behind it is not there."""
    assert set(lost(sample.graph())) == sample.loses


def test_there_are_enough_drawings():
    """At least thirty of each kind, and no two have the same name."""
    accepted, refused = samples("accepted"), samples("refused")
    assert min(len(accepted), len(refused)) >= 30
    assert len({sample.name for sample in [*accepted, *refused]}) == len(accepted) + len(refused)


def test_a_hidden_head_is_named():
    """The message says which arrowhead is hidden; what to pass is for a hint to say."""
    [sample] = [sample for sample in samples("refused") if sample.name == "default_node_size_for_edges"]
    [message] = lost(sample.graph()).values()
    assert "The arrowhead of x(1) -> a(1) cannot be seen in the drawing" in message
