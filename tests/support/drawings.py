"""The drawings in tests/submissions/drawings: small graph() functions, and sheets with pictures of all of them.

    python -m tests.support.drawings FOLDER

writes the sheets ``accepted.png`` and ``refused.png`` into a folder, to be looked at.
"""

import re
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "submissions" / "drawings"

#: How the cases are named behind the names of drawings.
CASES = {
    "names": "q5 names in the drawing",
    "arrows": "q5 arrows in the drawing",
    "labels": "q5 labels in the drawing",
    "arrangement": "q5 arrangement of the drawing",
}

_BEFORE = """\
def graph():
    G = nx.DiGraph()
    for t in (1, 2, 3):
        G.add_edge(f"x({t})", f"a({t})", label="W")
        if t > 1:
            G.add_edge(f"a({t - 1})", f"a({t})", label="R")
        G.add_edge(f"a({t})", f"z({t})", label="V")
        G.add_edge(f"z({t})", f"L({t})", label="BCE")
    pos = {n: (int(n[2]), "xazL".index(n[0])) for n in G}
    labels = nx.get_edge_attributes(G, "label")
    nodes = lambda **o: nx.draw_networkx_nodes(G, pos, **{"node_size": 1400, "node_color": "lightblue"} | o)
    name = lambda **o: nx.draw_networkx_labels(G, pos, **o)
    edges = lambda **o: nx.draw_networkx_edges(G, pos, **{"node_size": 1400} | o)
    label = lambda **o: nx.draw_networkx_edge_labels(G, pos, labels, **o)
    plt.figure(figsize=(8, 8))
"""


@dataclass(frozen=True)
class Sample:
    """One drawing."""

    name: str
    loses: frozenset[str]
    """The cases that it loses."""
    code: str
    """The definition of its function graph()."""

    def graph(self) -> Callable[[], Any]:
        """Define its function."""
        space: dict[str, Any] = {"nx": nx, "np": np, "plt": plt}
        exec(self.code, space)
        graph: Callable[[], Any] = space["graph"]
        return graph


def samples(file: str) -> list[Sample]:
    """Read ``accepted`` or ``refused``."""
    cells = re.split(r"^# %% ", (FOLDER / f"{file}.py").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for cell in cells:
        head, _, body = cell.partition("\n")
        name, _, cases = head.partition(" ")
        loses = frozenset(CASES[case] for case in re.findall(r"\w+", cases))
        found.append(Sample(name, loses, _BEFORE + textwrap.indent(body.strip(), "    ") + "\n    return G\n"))
    return found


def _picture(sample: Sample) -> Any:
    plt.close("all")
    sample.graph()()
    stream = BytesIO()
    plt.gcf().savefig(stream, dpi=2400 / 72 * 1.2 * 8 / plt.gcf().get_size_inches()[0], bbox_inches="tight")
    stream.seek(0)
    return plt.imread(stream)


def write_sheet(file: str, folder: Path, columns: int = 6) -> Path:
    """Write a picture of all drawings of a file, each with its name."""
    found = samples(file)
    pictures = [_picture(sample) for sample in found]
    plt.close("all")
    rows = -(-len(found) // columns)
    sheet, grid = plt.subplots(rows, columns, figsize=(4 * columns, 4.2 * rows), squeeze=False, facecolor="0.85")
    for axes in grid.flat:
        axes.axis("off")
    for axes, sample, picture in zip(grid.flat, found, pictures, strict=False):
        axes.imshow(picture)
        axes.set_title(sample.name, fontsize=11)
    sheet.tight_layout(pad=0.3)
    target = folder / f"{file}.png"
    sheet.savefig(target, dpi=90)
    plt.close("all")
    return target


if __name__ == "__main__":
    plt.switch_backend("Agg")
    for which in ("accepted", "refused"):
        print(write_sheet(which, Path(sys.argv[1])))
