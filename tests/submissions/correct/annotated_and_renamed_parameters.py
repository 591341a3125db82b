# title: type annotations, renamed parameters, keyword defaults behind, docstrings
# loses: nothing
# form: notebook

# %%
from __future__ import annotations
from typing import Any, Optional, Sequence
import numpy as np
import numpy.typing as npt
import networkx as nx
import matplotlib.pyplot as plt

Array = npt.NDArray[np.float64]

class Model:
    W: Array
    R: Array
    V: Array

# %%
def init(net: Any, n_in: int, n_hidden: int, n_out: int, *, rng: Optional[np.random.Generator] = None) -> None:
    """Fill net with small uniform weights."""
    rng = rng or np.random.default_rng()
    net.W = rng.uniform(-0.01, 0.01, size=(n_hidden, n_in))
    net.R = rng.uniform(-0.01, 0.01, size=(n_hidden, n_hidden))
    net.V = rng.uniform(-0.01, 0.01, size=(n_out, n_hidden))

# %%
def forward(net: Any, inputs: Array, target: float | Array, a_start: Array | None = None) -> float | Array:
    """Run the sequence, return the loss at its end."""
    hidden: Array = np.zeros(net.R.shape[0]) if a_start is None else a_start
    net.a = np.empty((inputs.shape[0], hidden.shape[0]))
    for t, current in enumerate(inputs):
        hidden = np.tanh(net.W @ current + net.R @ hidden)
        net.a[t] = hidden
    net.z = net.V @ hidden
    return np.log1p(np.exp(-np.abs(net.z))) + np.maximum(net.z, 0.0) - target * net.z

# %%
def graph(steps: Sequence[int] = (1, 2, 3), size: tuple[float, float] = (7, 6)) -> nx.DiGraph:
    """Unfold the network over three time steps."""
    g: nx.DiGraph = nx.DiGraph()
    for t in steps:
        g.add_edge(f"x({t})", f"a({t})", label="W")
        g.add_edge(f"a({t})", f"z({t})", label="V")
        g.add_edge(f"z({t})", f"loss({t})", label="BCE")
    for before, after in zip(steps, steps[1:]):
        g.add_edge(f"a({before})", f"a({after})", label="R")
    level: dict[str, float] = {"x": 0, "a": 1, "z": 2, "l": 3}
    pos: dict[str, tuple[float, float]] = {n: (int(n[-2]), level[n[0]]) for n in g}
    plt.figure(figsize=size)
    nx.draw(g, pos, with_labels=True, node_size=1500, node_color="#d0e0ff", font_size=10)
    nx.draw_networkx_edge_labels(g, pos, edge_labels=nx.get_edge_attributes(g, "label"))
    plt.show()
    return g

graph()
