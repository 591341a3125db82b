"""Cases that are asked together: marks are as if each had a copy of its own."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.checking.calls import Model
from autograder.grading.grade import grade_submission, load_test_files
from autograder.grading.judging import Judge
from autograder.grading.results import Graded
from autograder.grading.submission import Submission, parse_submission
from autograder.sandbox import sharing, worker
from autograder.sandbox.session import Ended
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT
from tests.support.samples import CONFIG, REAL_CASES, settings, shared_sandbox

REFERENCE = parse_submission("homework.ipynb", Sources(ROOT, CONFIG).notebook(solved=True)).cells

#: Keeps the reference's functions under other names.
BEFORE = "import os, time\nimport numpy as np\nright_init, right_forward, right_graph = init, forward, graph\ncalls = 0"


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The assignment's own cases."""
    return Judge(load_test_files(REAL_CASES))


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many calls went to each copy at once."""
    sizes: list[int] = []
    send = worker.Copy.send

    def noted(copy: worker.Copy, calls: list[Any], deadline: float) -> None:
        sizes.append(len(calls))
        send(copy, calls, deadline)

    monkeypatch.setattr(worker.Copy, "send", noted)
    return sizes


def run(judge: Judge, *cells: str, **limits: float) -> Graded:
    """What comes of a submission that is the reference, changed by further cells."""
    submission = Submission("homework.ipynb", [*REFERENCE, BEFORE, *cells])
    return grade_submission(submission, judge, settings(**limits), shared_sandbox())


def lost(graded: Graded) -> dict[str, str]:
    """The outcome of each case that did not pass."""
    return {case.name: case.outcome for case in graded.cases if not case.passed}


def test_two_copies_are_enough(judge: Judge, copies: list[int]) -> None:
    """Every case of the assignment announces its calls, graph's included: one copy for the public, one for the rest."""
    assert lost(run(judge)) == {}
    assert len(copies) == 2


def test_public_and_hidden_cases_have_no_copy_in_common(judge: Judge) -> None:
    """What has seen a hidden input never answers for a public case."""
    asked = [{plan.case.name for plan in plans} for plans in judge._plans]
    hidden = {case.name for test_file in judge.test_files for case in test_file.test_cases if case.hidden}
    assert not asked[0] & hidden
    assert asked[1] <= hidden


_COUNTED = """
def {0}:
    global calls
    calls += 1
    {{}}
    return right_{0}
"""
#: Functions that count their calls, and do something before they do what they should.
BREAKING = {"forward": _COUNTED.format("forward(model, x, y)"), "init": _COUNTED.format("init(model, D, I, K)")}


@pytest.mark.parametrize("name", BREAKING)
@pytest.mark.parametrize("end", ["1 / 0", "os._exit(1)", "raise SystemExit"])
def test_calls_of_other_cases_cost_nothing(name: str, end: str, judge: Judge, copies: list[int]) -> None:
    """A function that fails after more calls than any one case makes gets full marks: each is asked again, alone."""
    most = 20 if name == "forward" else 61
    assert lost(run(judge, BREAKING[name].format(f"if calls > {most}: {end}"))) == {}
    assert len(copies) > 2


def test_a_wrong_answer_is_wrong(judge: Judge, copies: list[int]) -> None:
    """Whatever was called before: there is no second try, in which a function could guess or draw again."""
    graded = run(judge, BREAKING["forward"].format("if calls > 42: return 0.0"))
    assert set(lost(graded)) == {"q4 several outputs", "q4 no side effects", "q4 long sequences"}
    assert len(copies) == 2


@pytest.mark.parametrize("end", ["1 / 0", "os._exit(1)", "time.sleep(99)"])
def test_graph_is_asked_once_more(end: str, judge: Judge, copies: list[int]) -> None:
    """A graph() that fails after the other functions were called is drawn at a copy of its own, once for all cases."""
    graph = f"def graph():\n    if calls: {end}\n    return right_graph()"
    assert lost(run(judge, BREAKING["forward"].format("pass"), graph, call_seconds=2)) == {}
    assert len(copies) == 3


def test_answers_that_cannot_be_read() -> None:
    """They are decoded when their turn comes, and are then an error of their call."""
    replay = sharing.Replay([], [b"\xc1"])
    replay.send([])
    with pytest.raises(Ended, match="cannot be read"):
        replay.answer()


def test_a_graph_that_leaves_much_behind(judge: Judge) -> None:
    """Whatever graph does to its process, init and forward are judged as if it had not."""
    graph = "def graph():\n    global init, forward\n    init = forward = None\n    return right_graph()"
    assert lost(run(judge, graph)) == {}


@pytest.mark.parametrize(("end", "outcome"), [("os._exit(1)", "error"), ("time.sleep(99)", "timed out")])
def test_one_call_that_does_not_return(end: str, outcome: str, judge: Judge, copies: list[int]) -> None:
    """It costs its own case; the cases before and after it keep their points, and none waits twice."""
    graded = run(judge, BREAKING["forward"].format(f"if len(x) == 300: {end}"), call_seconds=2)
    assert lost(graded) == {"q4 activations": outcome}


def test_the_time_for_all_is_over(judge: Judge) -> None:
    """Cases that were answered in time are judged; the call that took too long is told, the rest was not run."""
    graded = run(judge, BREAKING["forward"].format("if len(x) == 300: time.sleep(99)"), total_seconds=5)
    assert {name: outcome for name, outcome in lost(graded).items() if outcome != "not run"} == {
        "q4 activations": "timed out"
    }
    results = {case.name: case for case in graded.cases}
    names = {name for name, case in results.items() if case.outcome != "not run"}
    assert {
        "q3 other sizes",
        "q3 fresh weights",
        "q4 example",
        "q5 nodes",
        "q5 edges",
        "q5 arrangement of the drawing",
    } < names
    assert not {"q4 logit", "q4 long sequences"} & names
    assert "seconds for the whole submission are over" in results["q4 activations"].message


def test_answers_that_are_too_many_to_keep(judge: Judge, copies: list[int]) -> None:
    """Our side stops to listen; each case is asked by itself then."""
    forward = (
        "def forward(model, x, y):\n    loss = right_forward(model, x, y)\n    model.W = np.ones(120_000); return loss"
    )
    graded = run(judge, forward)
    assert set(lost(graded)) == {"q4 several outputs", "q4 no side effects"}  # W is changed
    assert len(copies) > 4


def test_what_is_printed(judge: Judge) -> None:
    """Prints of public cases are told once each, in the order of the cases, and none of hidden cases."""
    graded = run(judge, BREAKING["forward"].format("print('in forward', len(x), calls)"))
    lines = [line for line in graded.note.splitlines() if "in forward" in line]
    assert lines == ["in forward 2 1", "in forward 2 2", "in forward 6 3"]


def test_a_case_that_was_run_again_tells_its_prints_once(judge: Judge) -> None:
    """What the first run printed is forgotten."""
    graded = run(judge, BREAKING["forward"].format("print('in forward', calls)\n    if calls > 2: 1 / 0"))
    assert [line for line in graded.note.splitlines() if "in forward" in line] == [f"in forward {n}" for n in (1, 2, 1)]


def case(body: Any) -> Any:
    """Something like one of Otter's test cases."""
    return SimpleNamespace(name="made", points=1, hidden=False, body=SimpleNamespace(call_func=body))


def judge_of(*bodies: Any) -> Judge:
    """A judge that has these cases."""
    return Judge([SimpleNamespace(name="q", all_or_nothing=False, test_cases=[case(body) for body in bodies])])  # type: ignore[list-item]


def test_a_case_that_draws_its_inputs_anew(copies: list[int]) -> None:
    """A case that makes other calls than it announced once is asked by itself, and its answers are right."""
    inputs: Iterator[int] = iter(range(100))

    def fickle(functions: dict[str, Any]) -> None:
        number, model = next(inputs), Model()
        functions["forward"].announce([(model, number, 0)])
        assert functions["forward"](model, number, 0) == number

    def steady(functions: dict[str, Any]) -> None:
        model = Model()
        functions["forward"].announce([(model, 5, 0)])
        assert functions["forward"](model, 5, 0) == 5

    graded = run(judge_of(fickle, steady), "def forward(model, x, y): return x")
    assert graded.cases[0].outcome == "passed"
    assert copies == [2, 1]


def test_a_case_that_makes_more_calls_than_it_announced(copies: list[int]) -> None:
    """It is run again, and all of its calls go to one copy."""

    def more(functions: dict[str, Any]) -> None:
        model = Model()
        functions["forward"].announce([(model, 5, 0)])
        assert [functions["forward"](model, 5, 0) for _ in range(3)] == [1, 2, 3]

    graded = run(
        judge_of(more, more), "def forward(model, x, y):\n    model.n = getattr(model, 'n', 0) + 1; return model.n"
    )
    assert lost(graded) == {}
    assert copies == [2, *[1] * 6]


def test_a_case_that_says_nothing_is_asked_by_itself(copies: list[int]) -> None:
    """Calls that were not announced go to a copy of the case alone."""

    def silent(functions: dict[str, Any]) -> None:
        assert functions["forward"](Model(), np.arange(3.0), 0).tolist() == [0, 2, 4]

    assert lost(run(judge_of(silent, silent), "def forward(model, x, y): return 2 * x")) == {}
    assert copies == [1, 1]


def test_a_name_that_holds_no_function(judge: Judge, copies: list[int]) -> None:
    """Cases that need it are left out; the others are asked together all the same."""
    graded = run(judge, "forward = 3")
    assert {name[:2] for name in lost(graded)} == {"q4"}
    assert len(copies) == 2


def test_a_model_that_is_used_again(copies: list[int]) -> None:
    """What is assigned to it between two announced calls is there at the second one, and what init stored is, too."""

    def twice(functions: dict[str, Any]) -> None:
        model = Model()
        functions["init"].prepare(model, 2, 3, 4)
        functions["forward"].announce([(model, 0, 0), (model, 1, 1)], [{"W": 5}, {"W": 6}])
        for number, W in enumerate((5, 6)):
            model.W = W
            assert functions["forward"](model, number, number) == [3, W, number]
            assert W == model.W

    far = "def init(model, D, I, K): model.I = I", "def forward(model, x, y): return [model.I, model.W, x]"
    assert lost(run(judge_of(twice, twice), *far)) == {}
    assert copies == [6]


def test_models_are_let_go(judge: Judge, copies: list[int]) -> None:
    """However much a submission stores on its models, a copy holds no more than one at a time."""
    much = """
alive = set()
class Much:
    def __init__(self): alive.add(id(self))
    def __del__(self): alive.discard(id(self))
"""
    init = BREAKING["init"].format("model.much = Much(); assert len(alive) < 4, len(alive)")
    assert lost(run(judge, much, init)) == {}
    assert len(copies) == 2


def test_a_plan_is_left_alone_by_those_who_use_it(judge: Judge) -> None:
    """The same cases serve one submission after the other."""
    before = [[plan.orders for plan in plans] for plans in judge._plans]
    assert lost(run(judge)) == {}
    assert [[plan.orders for plan in plans] for plans in judge._plans] == before
    assert sharing.plans_of([], []) == [[], []]
