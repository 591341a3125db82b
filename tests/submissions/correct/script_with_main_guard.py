# title: a program whose demonstration stands behind if __name__ == "__main__"
# loses: nothing
# form: script
"""Exercise sheet: recurrent networks."""
from __future__ import annotations

import sys
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np


@dataclass
class Model:
    W: np.ndarray | None = None
    R: np.ndarray | None = None
    V: np.ndarray | None = None
    a: list = field(default_factory=list)


def uniform(*shape: int) -> np.ndarray:
    return np.random.default_rng().uniform(-0.01, 0.01, shape)


def init(model, D, I, K):
    model.W, model.R, model.V = uniform(I, D), uniform(I, I), uniform(K, I)


def forward(model, x, y):
    state = np.zeros(model.R.shape[0])
    trajectory = [state := np.tanh(model.W @ xt + model.R @ state) for xt in x]
    model.a = np.stack(trajectory)
    model.z = model.V @ state
    return np.logaddexp(0, model.z) - y * model.z


def graph():
    kinds = ("x", "a", "z", "L")
    labels = {("x", "a"): "W", ("a", "z"): "V", ("z", "L"): "loss"}
    G = nx.DiGraph()
    for t in (1, 2, 3):
        for (u, v), w in labels.items():
            G.add_edge(f"{u}({t})", f"{v}({t})", label=w)
        if t > 1:
            G.add_edge(f"a({t-1})", f"a({t})", label="R")
    pos = {f"{k}({t})": (3 * i, -t) for i, k in enumerate(kinds) for t in (1, 2, 3)}
    fig, ax = plt.subplots(figsize=(8, 5))
    nx.draw_networkx(G, pos, ax=ax, node_size=1200, node_color="lightgoldenrodyellow", edgecolors="k")
    nx.draw_networkx_edge_labels(G, pos, nx.get_edge_attributes(G, "label"), ax=ax, rotate=False)
    ax.set_axis_off()
    return G


def main() -> int:
    model = Model()
    init(model, 3, 5, 1)
    print(forward(model, np.random.rand(4, 3), 1))
    graph()
    plt.show()
    return 0


if __name__ == "__main__":
    sys.exit(main())
