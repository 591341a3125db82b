"""Calls on their way across the wall: several in one message, models prepared first, values that stay as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from autograder.checking.calls import FarError, Model
from autograder.grading.submission import Submission
from autograder.sandbox import exchange
from autograder.sandbox.proxies import Proxies
from autograder.sandbox.session import Session
from autograder.wire import schema
from tests.support.samples import settings, shared_sandbox

IMPORTS = "import os, sys, time\nimport numpy as np"


@contextmanager
def far(init: str, forward: str, **limits: Any) -> Iterator[Proxies]:
    """The proxies of a submission with these two functions, at the beginning of a public case."""
    bodies = (f"def init(model, D, I, K):\n    {init}", f"def forward(model, x, y):\n    {forward}")
    submission = Submission("homework.ipynb", [IMPORTS, *bodies])
    with Session(shared_sandbox(), submission, settings(**limits)) as session:
        assert session.run_cells(), session.problem
        proxies = Proxies(session)
        proxies.begin_case(hidden=False)
        yield proxies


def prepared(proxies: Proxies, **attributes: Any) -> Any:
    """A model that is prepared by ``init`` and then gets attributes."""
    model = Model()
    proxies.functions()["init"].prepare(model, 2, 3, 4)
    vars(model).update(attributes)
    return model


def test_what_init_stores_is_there() -> None:
    """A model that is prepared has what init stored, and what is assigned afterwards in its place."""
    with far("model.sizes, model.W = (D, I, K), 'old'", "return [*model.sizes, model.W]") as proxies:
        assert proxies.functions()["forward"](prepared(proxies, W="new"), 0, 0) == [2, 3, 4, "new"]


@pytest.mark.parametrize("ending", ["raise KeyError", "sys.exit()", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_init_that_fails(ending: str) -> None:
    """Where init fails or ends its process, the model is as if it had not been called."""
    with far(f"model.half = 1; {ending}", "return [*vars(model)]") as proxies:
        for _ in range(2):
            assert proxies.functions()["forward"](prepared(proxies, W=1), 0, 0) == ["W"]


def test_init_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless init costs its time once in all; the calls that follow are made without it."""
    monkeypatch.setattr(exchange, "PREPARE_SECONDS", 0.5)
    with far("open('called', 'a').write('x')\n    while True: pass", "return len(open('called').read())") as proxies:
        functions = proxies.functions()
        assert functions["forward"](prepared(proxies), 0, 0) == 1
        proxies.begin_case(hidden=True)
        assert functions["forward"](prepared(proxies), 0, 0) == 1


def announced(proxies: Proxies, count: int) -> list[Any]:
    models = [prepared(proxies, number=number) for number in range(count)]
    proxies.functions()["forward"].announce([(model, 10 * number, 0) for number, model in enumerate(models)])
    return models


def test_announced_calls() -> None:
    """Each call has its own answer, its own model, and what init stored there."""
    with far("model.made = I", "model.x = x; return [model.number, x, model.made]") as proxies:
        forward = proxies.functions()["forward"]
        for number, model in enumerate(announced(proxies, 5)):
            assert forward(model, 10 * number, 0) == [number, 10 * number, 3]
            assert vars(model) == {"made": 3, "number": number, "x": 10 * number}


def test_other_calls_than_announced() -> None:
    """A case that makes other calls than it announced gets the right answers all the same."""
    with far("model.made = I", "return [model.number, x]") as proxies:
        forward = proxies.functions()["forward"]
        first, second, third = announced(proxies, 3)
        assert forward(first, 0, 0) == [0, 0]
        assert forward(third, 5, 0) == [2, 5]
        assert forward(second, 6, 0) == [1, 6]
        assert forward(first, 7, 0) == [0, 7]


@pytest.mark.parametrize("ending", ["os._exit(1)", "time.sleep(100)"])
def test_an_announced_call_that_does_not_return(ending: str) -> None:
    """It costs its own answer; the calls after it are asked for anew."""
    forward = f"if model.number == 1: {ending}\n    return model.number"
    with far("pass", forward, call_seconds=2) as proxies:
        answers = []
        for number, model in enumerate(announced(proxies, 4)):
            try:
                answers.append(proxies.functions()["forward"](model, 10 * number, 0))
            except FarError:
                answers.append(None)
    assert answers == [0, None, 2, 3]


def test_what_is_printed_while_a_model_is_prepared() -> None:
    """It belongs to the case, like all that is printed there."""
    with far("print('in init')", "print('in forward')") as proxies:
        proxies.functions()["forward"](prepared(proxies), 0, 0)
        assert [text.strip() for text in proxies.printed] == ["in init", "in forward"]


CHANGES = {
    "nothing": ("pass", True),
    "the same numbers again": ("model.W = model.W.copy()", True),
    "a number in place": ("model.W[0, 0] = 7", False),
    "another array": ("model.W = model.W + 1", False),
    "the shape": ("model.W.shape = (6,)", False),
    "the type": ("model.W = model.W.astype('f4')", False),
    "a sign of zero": ("model.W[0, 1] = -0.0", False),
    "a view": ("model.W = model.W[::-1]", False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_attributes_that_stay(change: str) -> None:
    """Whatever happens to an attribute of ours is seen, bit by bit."""
    body, stays = CHANGES[change]
    W = np.arange(6.0).reshape(2, 3)
    W[0, 1] = 0.0
    with far("pass", f"{body}\n    return model.W") as proxies:
        model = prepared(proxies, W=W.copy())
        there = proxies.functions()["forward"](model, 0, 0)
    assert (model.W.dtype, model.W.shape, model.W.tobytes()) == (there.dtype, there.shape, there.tobytes())
    assert (model.W.shape == W.shape and model.W.tobytes() == W.tobytes()) == stays


def test_arguments_that_are_changed() -> None:
    """A change of an argument in place is seen, and one that is not changed stays the same object."""
    x, y = np.ones((3, 2)), np.ones(2)
    with far("pass", "x[1] = 5") as proxies:
        proxies.functions()["forward"](Model(), x, y)
    assert x.tolist() == [[1, 1], [5, 5], [1, 1]]
    assert y.tolist() == [1, 1]


def test_the_same_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that calls an attribute unchanged which it was never given has contradicted itself."""
    with far("pass", "return 1") as proxies:
        lie = schema.Answer(value=1, attributes={"W": schema.Same()})
        monkeypatch.setattr(proxies.session, "answer", lambda seconds=None: lie)
        with pytest.raises(FarError, match="cannot be read"):
            proxies.functions()["forward"](Model(), 0, 0)
