"""The same submission gets the same outcome of each case at every run, whatever is drawn at random in it."""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.sandbox import Sandbox
from autograder.settings import load
from tests.support.corpus import ROOT, reference
from tests.support.samples import grade_as_in_a_batch, judge_of, notebook

_IMPORTS = "import random\nimport numpy as np\nimport networkx as nx\nimport matplotlib.pyplot as plt"

_CLIPPED = """
def init(model, D, I, K):
    draw = lambda *shape: np.clip({generator}.normal(0, 0.0062, shape), -0.01, 0.01)
    model.W, model.R, model.V = draw(I, D), draw(I, I), draw(K, I)
"""

_GRAPH = """
def graph():
    network = nx.DiGraph()
    for t in (1, 2, 3):
        network.add_edge(f"x({t})", f"a({t})", label="W")
        network.add_edge(f"a({t})", f"z({t})", label=random.choice(["V", "V", "U"]))
        network.add_edge(f"z({t})", f"{random.choice('LLLl')}({t})", label="loss")
    network.add_edges_from([("a(1)", "a(2)"), ("a(2)", "a(3)")], label="R")
    positions = {positions}
    plt.figure(figsize=(8, 6))
    nx.draw(network, positions, with_labels=True, node_color="white", node_size=random.choice([300, 1500]))
    nx.draw_networkx_edge_labels(network, positions, nx.get_edge_attributes(network, "label"))
    return network
"""

#: Functions in place of those of the reference solution. Most of them get some points at one run and lose them at
#: another one, if what they draw is not the same.
SUBMISSIONS = {
    "clipped normal": {"init": _CLIPPED.replace("{generator}", "np.random")},
    "clipped normal of a generator of its own": {
        "init": _CLIPPED.replace("{generator}", "rng"),
        "before": "rng = np.random.default_rng()",
    },
    "random layout": {"graph": _GRAPH.replace("{positions}", "nx.random_layout(network)")},
    "spring layout": {"graph": _GRAPH.replace("{positions}", "nx.spring_layout(network)")},
    "random columns": {
        "graph": _GRAPH.replace(
            "{positions}",
            "{n: (int(n[2]) + random.random() / 2, 'xazLl'.index(n[0]) % 4 + random.random() / 2) for n in network}",
        )
    },
    "sometimes wrong": {
        "init": "def init(model, D, I, K):\n    bound = random.choice([0.01, 0.01, 0.011])\n"
        "    model.W, model.R, model.V = (np.random.uniform(-bound, bound, s) for s in ((I, D), (I, I), (K, I)))",
        "before": "order = list({'a', 'b', 'c'}); np.random.seed(len(order)); random.seed()",
    },
}

Outcomes = dict[str, tuple[str, str]]

pytestmark = pytest.mark.slow


def grade_one(path: Path, case_files: Path) -> Outcomes:
    """The outcome of each case, and its message."""
    settings = replace(load(ROOT / "otter_config.json"), pictures="never")  # only marks and messages are compared
    graded = grade_as_in_a_batch(path, case_files, settings, _own_sandbox(case_files))
    return {case.name: (case.outcome, case.message) for case in graded.cases}


@cache
def _own_sandbox(case_files: Path) -> Sandbox:
    sandbox = Sandbox(secrets=[case_files])
    sandbox.start()
    Finalize(None, sandbox.close, exitpriority=1)
    return sandbox


@pytest.fixture(scope="module")
def runs(case_files: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Outcomes]]:
    """The results of the submissions in five runs, in one process or two, in another order each time."""
    found = []
    judge_of(case_files)  # loaded here, for all processes that are forked below
    for run in range(5):
        folder = tmp_path_factory.mktemp("run")
        names = random.Random(run).sample([*SUBMISSIONS], len(SUBMISSIONS))
        with ProcessPoolExecutor(1 + run % 2, mp_context=get_context("fork")) as pool:
            outcomes = pool.map(grade_one, [_write(folder, name) for name in names], [case_files] * len(names))
            found.append(dict(zip(names, outcomes, strict=True)))
    return found


def _write(folder: Path, name: str) -> Path:
    cells = dict(reference()) | SUBMISSIONS[name]
    path = folder / f"{name.replace(' ', '-')}-{os.urandom(4).hex()}.ipynb"
    before = cells.pop("before", "")
    path.write_bytes(notebook(_IMPORTS, "class Model:\n    pass", before, *cells.values()))
    return path


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_five_runs_agree(name: str, runs: list[dict[str, Outcomes]]) -> None:
    """Order, neighbours and the name of the file change nothing."""
    assert [run[name] for run in runs] == [runs[0][name]] * 5


@pytest.mark.parametrize("name", ["clipped normal", "clipped normal of a generator of its own"])
def test_a_clipped_normal_loses_one_case(name: str, runs: list[dict[str, Outcomes]]) -> None:
    """It is no uniform distribution, and nobody is told of a seed that is not there."""
    assert [case for case, (outcome, _) in runs[0][name].items() if outcome != "passed"] == ["q3 uniform distribution"]
    assert "seed" not in str(runs[0][name])
