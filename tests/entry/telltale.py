"""Submissions that put the inputs of their functions into everything that they can name, print, raise or return."""

import re

#: What begins each text that they make of their inputs, and the numbers that stand for sizes.
MARK = re.compile(r"LEAK[\dx]+|77\d\d\d(?:\.\d+)?|[<‹]U\d+")

_TELL = """
import logging, sys, threading, warnings
import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

seen = ["LEAK0"]

def tell(*sizes):
    mark = "LEAK" + "x".join(map(str, sizes))
    seen.append(mark)
    print(mark)
    print(mark, file=sys.stderr)
    warnings.warn(mark)
    logging.error(mark)
    open(mark + ".txt", "w").write(mark)
    threading.current_thread().name = mark
    return mark
"""

_ERRORS = """
def init(model, D, I, K):
    mark = tell(D, I, K)
    setattr(model, mark, mark)
    raise type(mark, (Exception,), {})(mark)

def forward(model, x, y):
    mark = tell(len(x), x.shape[1], *model.R.shape)
    error = ValueError(mark)
    error.add_note(mark)
    raise error from KeyError(mark)

def graph():
    plt.title(seen[-1])
    raise KeyError(seen[-1])
"""

_VALUES = """
def init(model, D, I, K):
    mark = tell(D, I, K)
    setattr(model, mark, mark)
    model.W, model.R, model.V = mark, np.array([mark * I]), {mark: mark}
    return mark

def forward(model, x, y):
    mark = tell(len(x), x.shape[1], *model.R.shape)
    model.a, model.z = type(mark, (), {})(), np.array([mark * len(x)])
    setattr(model, mark, mark)
    return np.array([mark])

def graph():
    network = nx.DiGraph(name=seen[-1])
    for step, mark in enumerate(seen[-12:]):
        network.add_edge(mark + "a", f"x({step})", label=mark)
    places = nx.spring_layout(network, seed=1)
    nx.draw(network, places, with_labels=True)
    nx.draw_networkx_edge_labels(network, places, nx.get_edge_attributes(network, "label"))
    plt.title(seen[-1])
    return network
"""

_SHAPES = """
def init(model, D, I, K):
    tell(D, I, K)
    model.W, model.R, model.V = (np.zeros((77000 + size, 1)) for size in (D, I, K))

def forward(model, x, y):
    tell(len(x), x.shape[1], *model.R.shape)
    model.a, model.z = np.zeros((77000 + len(x), 1)), np.zeros(77000 + x.shape[1])
    return np.zeros((77000 + len(x), 1))

def graph():
    network = nx.DiGraph()
    network.add_nodes_from(mark.replace("LEAK", "77").replace("x", "0") for mark in seen)
    return network
"""

_NUMBERS = """
def init(model, D, I, K):
    tell(D, I, K)
    model.W, model.R, model.V = np.full((I, D), 77000.0 + D), np.full((I, I), 77000.0 + I), np.full((K, I), 77000.0 + K)

def forward(model, x, y):
    tell(len(x), x.shape[1], *model.R.shape)
    model.a, model.z = np.full((len(x), len(model.R)), 77000.0 + len(x)), np.full(len(model.V), 77000.0 + x[0, 0])
    return 77000.0 + x[0, 0]

def graph():
    return None
"""

_NODES = """
sizes = []

def init(model, D, I, K):
    tell(D, I, K)
    sizes.extend([D, I, K])

def forward(model, x, y):
    tell(len(x), x.shape[1], *model.R.shape)
    sizes.extend([len(x), x.shape[1], *model.R.shape])

def graph():
    network = nx.DiGraph()
    for t in (1, 2, 3):
        nx.add_path(network, [f"x({t})", f"a({t})", f"z({t})", f"L({t})"])
    nx.add_path(network, ["a(1)", "a(2)", "a(3)"])
    for size in sizes:
        nx.add_path(network, [f"x({77000 + size})", f"a({77000 + size})", "a(1)"])
    nx.draw(network, nx.spring_layout(network, seed=1), with_labels=True)
    return network
"""

TELLTALES = {
    name: (_TELL, body)
    for name, body in {
        "errors": _ERRORS,
        "values": _VALUES,
        "shapes": _SHAPES,
        "numbers": _NUMBERS,
        "nodes": _NODES,
    }.items()
}


def marks_in(text: str) -> set[str]:
    """What of their inputs such submissions have brought into a text."""
    return set(MARK.findall(text))
