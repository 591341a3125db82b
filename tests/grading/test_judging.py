"""Cases that share a copy: marks are the same as if each case had its own."""

from types import SimpleNamespace
from typing import Any

import pytest

from autograder.checking import ask
from autograder.grading.grade import grade_submission, load_test_files
from autograder.grading.judging import Judge
from autograder.grading.results import Graded
from autograder.grading.submission import Wanted, parse_submission
from autograder.sandbox import copies as sandbox_copies
from autograder.sandbox import worker
from autograder.sandbox.submission import Submission
from tests.support.corpus import project
from tests.support.samples import FUNCTIONS, REAL_CASES, settings, shared_sandbox

pytestmark = pytest.mark.sampled(3, by="file")


REFERENCE = parse_submission("homework.ipynb", project().notebook(solved=True), Wanted(FUNCTIONS)).cells

#: Keeps the reference's functions under other names.
BEFORE = "import os, time\nimport numpy as np\nright_init, right_forward, right_graph = init, forward, graph\ncalls = 0"


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The assignment's own cases."""
    return Judge(load_test_files(REAL_CASES))


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many batches each copy got."""
    batches: list[int] = []
    fork, send = worker.Worker.fork, sandbox_copies.Copy.send

    def forked(process: worker.Worker) -> sandbox_copies.Copy:
        batches.append(0)
        return fork(process)

    def sent(copy: sandbox_copies.Copy, orders: list[Any], deadline: float) -> None:
        batches[-1] += 1
        send(copy, orders, deadline)

    monkeypatch.setattr(worker.Worker, "fork", forked)
    monkeypatch.setattr(sandbox_copies.Copy, "send", sent)
    return batches


def run(judge: Judge, *cells: str, **limits: float) -> Graded:
    """Grade the reference solution after some further cells."""
    submission = Submission("homework.ipynb", [*REFERENCE, BEFORE, *cells])
    return grade_submission(submission, judge, settings(**limits), shared_sandbox())


def lost(graded: Graded) -> dict[str, str]:
    """The outcomes of all cases that did not pass."""
    return {case.name: case.outcome for case in graded.cases if not case.passed}


def test_two_copies_are_enough(judge: Judge, copies: list[int]) -> None:
    """One copy answers the public cases, one the hidden ones, in a few batches. graph is called once for all."""
    assert lost(run(judge)) == {}
    assert copies == [6, 13]


def test_wrong_answers_after_other_calls_are_compared_with_those_in_a_new_copy(judge: Judge, copies: list[int]) -> None:
    """A forward that is always wrong in the same way has no side effects, which takes a third copy to see."""
    always_one = "def forward(model, x, y):\n    return right_forward(model, x, y) + 1"
    assert "q4 no side effects" not in lost(run(judge, always_one))
    assert len(copies) == 3


def test_public_and_hidden_cases_have_no_copy_in_common(judge: Judge) -> None:
    """Code that has seen a hidden input never answers a public case."""
    told = "def forward(model, x, y):\n    print('process', os.getpid())\n    return right_forward(model, x, y)"
    graded = run(judge, told)
    public = {line for line in graded.told.splitlines() if line.startswith("process")}
    staff = [line.removeprefix("printed: ") for case in graded.cases for line in case.staff.splitlines()]
    everywhere = {line for line in staff if line.startswith("process")}
    assert len(public) == 1
    assert len(everywhere) == 2
    assert public < everywhere


_COUNTED = """
def {0}:
    global calls
    calls += 1
    {{}}
    return right_{0}
"""
#: Functions that count their calls, and do something before they work as they should.
BREAKING = {"forward": _COUNTED.format("forward(model, x, y)"), "init": _COUNTED.format("init(model, D, I, K)")}


@pytest.mark.parametrize("name", BREAKING)
@pytest.mark.parametrize("end", ["1 / 0", "os._exit(1)", "raise SystemExit"])
def test_calls_of_other_cases_cost_nothing(name: str, end: str, judge: Judge, copies: list[int]) -> None:
    """A function that fails after more calls than any one case makes gets full marks: each case is repeated, alone."""
    most = 24 if name == "forward" else 61
    assert lost(run(judge, BREAKING[name].format(f"if calls > {most}: {end}"))) == {}
    assert len(copies) > 2


def test_a_wrong_answer_is_wrong(judge: Judge, copies: list[int]) -> None:
    """There is no second try in which a function could guess or draw again, whatever was called before."""
    graded = run(judge, BREAKING["forward"].format("if calls > 52: return 0.0"))
    assert set(lost(graded)) == {"q4 several outputs", "q4 no side effects", "q4 long sequences"}
    assert len(copies) == 2


@pytest.mark.parametrize("end", ["1 / 0", "os._exit(1)", "time.sleep(99)"])
def test_graph_is_asked_once_more(end: str, judge: Judge, copies: list[int]) -> None:
    """A graph() that fails after calls of the other functions gets a copy of its own, once for all cases."""
    graph = f"def graph():\n    if calls: {end}\n    return right_graph()"
    assert lost(run(judge, BREAKING["forward"].format("pass"), graph, call_seconds=2)) == {}
    assert len(copies) == 3


def test_a_graph_that_leaves_much_behind(judge: Judge) -> None:
    """Whatever graph does to its process, init and forward are judged as without it."""
    graph = "def graph():\n    global init, forward\n    init = forward = None\n    return right_graph()"
    assert lost(run(judge, graph)) == {}


@pytest.mark.parametrize(("end", "outcome"), [("os._exit(1)", "error"), ("time.sleep(99)", "timed out")])
def test_one_call_that_does_not_return(end: str, outcome: str, judge: Judge, copies: list[int]) -> None:
    """Only its own case fails. The cases before and after it keep their points, and none waits twice."""
    graded = run(judge, BREAKING["forward"].format(f"if len(x) == 300: {end}"), call_seconds=2)
    assert lost(graded) == {"q4 activations": outcome}


def test_the_time_for_all_is_over(judge: Judge) -> None:
    """Cases that were answered in time are judged. The slow call is reported, and the rest is not run."""
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
    assert "seconds for the whole submission are up" in results["q4 activations"].message


def test_what_is_printed(judge: Judge) -> None:
    """Output of public cases is shown once each, in the order of the cases. Output of hidden cases is not shown."""
    graded = run(judge, BREAKING["forward"].format("print('in forward', len(x), calls)"))
    lines = [line for line in graded.told.splitlines() if "in forward" in line]
    lengths = [3, 3, 6, 1, 5, 3, 3]
    assert lines == [f"in forward {length} {call}" for call, length in enumerate(lengths, start=1)]


def test_a_case_that_was_run_again_tells_its_prints_once(judge: Judge) -> None:
    """What the first run printed is dropped."""
    graded = run(judge, BREAKING["forward"].format("print('in forward', calls)\n    if calls > 3: 1 / 0"))
    calls = [1, 2, 1, 2, 3, 1, 2]
    assert [line for line in graded.told.splitlines() if "in forward" in line] == [f"in forward {n}" for n in calls]


def test_what_a_raising_call_stored_is_judged(judge: Judge) -> None:
    """An error costs the cases that need what came after it. The others have the attributes from before the error."""
    graded = run(judge, "def forward(model, x, y):\n    right_forward(model, x, y)\n    raise ValueError")
    assert lost(graded) == dict.fromkeys(
        [
            "q4 example",
            "q4 stability at one extreme logit",
            "q4 loss",
            "q4 numerical stability",
            "q4 several outputs",
            "q4 long sequences",
        ],
        "error",
    )


def test_a_case_that_fails_beside_an_error_is_judged_alone(copies: list[int]) -> None:
    """A case that makes something else of an error than its reason gets a copy of its own, too."""

    def first(forward: Any) -> None:
        list(ask(forward, [(1,)], name="forward"))

    def second(forward: Any) -> None:
        (answer,) = ask(forward, [(1,)], name="forward")
        assert answer.returned == 1

    cell = "calls = 0\ndef forward(x):\n    global calls\n    calls += 1\n    if calls > 1: 1 / 0\n    return x"
    assert lost(run(judge_of(first, second), cell)) == {}
    assert copies == [2, 1]


def judge_of(*bodies: Any) -> Judge:
    """A judge with these functions as hidden cases."""
    cases = [
        SimpleNamespace(
            name=body.__name__,
            points=1,
            hidden=False,
            body=SimpleNamespace(test_func=body, call_func=lambda found, body=body: body(found["forward"])),
        )
        for body in bodies
    ]
    return Judge([SimpleNamespace(name="q", test_cases=cases, all_or_nothing=False)])  # type: ignore[list-item]


def test_names_come_from_the_parameters(judge: Judge) -> None:
    """The test cases determine what a submission must define."""
    assert judge.functions == ["init", "forward", "graph"]
    assert judge_of(lambda forward: None).functions == ["forward"]


def test_a_case_with_several_batches(copies: list[int]) -> None:
    """All go to one copy. If the last one fails, the case starts again in another copy."""

    def first(forward: Any) -> None:
        assert [answer.value for answer in ask(forward, [(1,), (2,)], name="forward")] == [1, 2]

    def second(forward: Any) -> None:
        for number in range(3):
            (answer,) = ask(forward, [(number,)], name="forward")
            assert answer.value == number

    cell = "calls = []\ndef forward(x):\n    calls.append(x)\n    if len(calls) > 4: 1 / 0\n    return x"
    assert lost(run(judge_of(first, second), cell)) == {}
    assert copies == [4, 3]


def test_a_name_that_holds_no_function(judge: Judge, copies: list[int]) -> None:
    """Cases that need it fail at once. The others share their copies."""
    outcome = run(judge, "forward = 3")
    assert {name[:2] for name in lost(outcome)} == {"q4"}
    assert len(copies) == 2


def test_models_are_let_go(judge: Judge, copies: list[int]) -> None:
    """However much a submission stores on its models, a copy holds only one model at a time."""
    much = """
alive = set()
class Much:
    def __init__(self): alive.add(id(self))
    def __del__(self): alive.discard(id(self))
"""
    init = BREAKING["init"].format("model.much = Much(); assert len(alive) < 4, len(alive)")
    assert lost(run(judge, much, init)) == {}
    assert len(copies) == 2
