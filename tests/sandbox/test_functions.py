"""Calls across the wall: batches, objects that are prepared first, and values that do not change."""

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import numpy as np
import pytest

from autograder.checking import Answer, Call, Holder, Mistake, ask, watch
from autograder.sandbox import session as session_module
from autograder.sandbox.functions import FarFunctions
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.wire import schema
from tests.support.samples import settings, shared_sandbox

pytestmark = pytest.mark.sampled(12, by="file")


IMPORTS = "import os, sys, time\nimport numpy as np"
NAMES = ("fit", "use")


@contextmanager
def far(fit: str, use: str, first: str = "", **limits: Any) -> Iterator[FarFunctions]:
    """The functions of a submission, at the start of a public case."""
    bodies = (f"def fit(thing, size):\n    {fit}", f"def use(thing, x, y):\n    {use}")
    submission = Submission("homework.ipynb", [IMPORTS, first, *bodies])
    with Session(shared_sandbox(), submission, NAMES, settings(**limits)) as session:
        assert session.run_cells(), session.problem
        functions = FarFunctions(session)
        functions.begin_case(hidden=False)
        yield functions


def use(functions: FarFunctions, *calls: Call | tuple[Any, ...]) -> list[Answer]:
    """The answers of one batch."""
    return list(ask(functions.by_name()["use"], calls, name="use"))


def prepared(functions: FarFunctions, x: Any = 0, **attributes: Any) -> Call:
    """A call with an object that is prepared by ``fit`` and then gets attributes."""
    return Call((Holder(), x, 0), (functions.by_name()["fit"], 3), attributes)


def test_what_was_stored_while_preparing_is_there() -> None:
    """A prepared object has the attributes that were stored on it. Later assignments replace them."""
    with far("thing.size, thing.W = size, 'old'", "return [thing.size, thing.W]") as functions:
        (answer,) = use(functions, prepared(functions, W="new"))
    assert answer.value == [3, "new"]


@pytest.mark.parametrize("ending", ["raise KeyError", "sys.exit()", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_a_preparation_that_fails(ending: str) -> None:
    """After a preparation that fails, the object has none of its attributes."""
    with far(f"thing.half = 1; {ending}", "return [*vars(thing)]") as functions:
        answers = use(functions, *[prepared(functions, W=1)] * 2)
        assert [answer.value for answer in answers] == [["W"], ["W"]]
        assert not functions.failed


def test_a_preparation_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preparation that does not end costs its time only once. The following calls are made without it."""
    monkeypatch.setattr(session_module, "PREPARE_SECONDS", 0.5)
    called = "with open('called', 'r+') as file: n = file.read(); file.seek(0); file.write(str(int(n) + 1))"
    loop, first = f"{called}\n    while True: pass", "with open('called', 'w') as file: file.write('0')"
    with far(loop, "return int(open('called').read())", first) as functions:
        for hidden in (False, True):
            functions.begin_case(hidden)
            assert [answer.value for answer in use(functions, *[prepared(functions)] * 3)] == [1, 1, 1]


def test_a_batch() -> None:
    """Each call has its own answer and its own object, with its own attributes."""
    with far("thing.made = size", "thing.x = x; return [thing.number, x, thing.made]") as functions:
        answers = use(functions, *(prepared(functions, 10 * number, number=number) for number in range(5)))
    for number, answer in enumerate(answers):
        assert answer.value == [number, 10 * number, 3]
        assert answer.attributes == {"made": 3, "number": number, "x": 10 * number}


def test_an_object_that_is_used_again() -> None:
    """Within a batch it is the same object. In the next batch it has the attributes that crossed the wall."""
    with far(
        "thing.size = size", "thing.n = getattr(thing, 'n', 0) + x; thing.odd = print; return thing.n"
    ) as functions:
        thing = Holder()
        first = Call((thing, 1, 0), (functions.by_name()["fit"], 3))
        assert [answer.value for answer in use(functions, first, Call((thing, 10, 0)), (thing, 100, 0))] == [1, 11, 111]
        (later,) = use(functions, (thing, 1000, 0))
    assert (later.value, later.attributes["size"]) == (1111, 3)


@pytest.mark.parametrize("ending", ["os._exit(1)", "time.sleep(100)"])
def test_a_call_that_does_not_return(ending: str) -> None:
    """Only its own answer is lost. The calls after it are made in a new process, if their answers are needed."""
    with far(
        "pass", f"if thing.number == 1: {ending}\n    return [thing.number, os.getpid()]", call_seconds=2
    ) as functions:
        answers = use(functions, *(prepared(functions, number=number) for number in range(4)))
    with pytest.raises(Mistake, match="use did not return"):
        _ = answers[1].value
    (zero, first), (two, second), (three, third) = (answers[number].value for number in (0, 2, 3))
    assert (zero, two, three) == (0, 2, 3)
    assert first != second == third


def test_calls_that_nobody_waits_for_are_not_made() -> None:
    """A case that stops at the first failure does not pay for the failures after it."""
    with far("pass", "open('called', 'a').write('x'); os._exit(1)") as functions:
        assert next(ask(functions.by_name()["use"], [(Holder(), 0, 0)] * 9, name="use")).mistake is not None
        scratch = functions.session._worker.scratch  # type: ignore[union-attr]
        assert (scratch / "work" / "called").read_text(encoding="utf-8") == "x"


def test_what_a_call_stored_before_it_failed() -> None:
    """Attributes that were stored before the error come back with it."""
    with far("pass", "thing.x = x; 1 / 0") as functions:
        (answer,) = use(functions, (Holder(), 7, 0))
    assert answer.attributes == {"x": 7}
    assert "ZeroDivisionError" in str(answer.mistake)


def test_what_is_printed_while_an_object_is_prepared() -> None:
    """Its output belongs to the case, like any other output."""
    with far("print('in fit')", "print('in use')") as functions:
        use(functions, prepared(functions))
        assert [text.strip() for text in functions.printed] == ["in fit", "in use"]


def test_only_what_is_asked_for_comes_back() -> None:
    """Other attributes stay on the far side."""
    with far("pass", "thing.a, thing.b, thing.c = 1, 2, 3") as functions:
        (answer,) = ask(functions.by_name()["use"], [(Holder(), 0, 0)], name="use", stored=["c", "a", "z"])
    assert answer.attributes == {"c": 3, "a": 1}


CHANGES = {
    "nothing": ("pass", True),
    "the same numbers again": ("thing.W = thing.W.copy()", True),
    "a number in place": ("thing.W[0, 0] = 7", False),
    "another array": ("thing.W = thing.W + 1", False),
    "the shape": ("thing.W.shape = (6,)", False),
    "the type": ("thing.W = thing.W.astype('f4')", False),
    "a sign of zero": ("thing.W[0, 1] = -0.0", False),
    "a view": ("thing.W = thing.W[::-1]", False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_attributes_that_stay(change: str) -> None:
    """Any change of our attribute is noticed, down to a single bit."""
    body, stays = CHANGES[change]
    W = np.arange(6.0).reshape(2, 3)
    W[0, 1] = 0.0
    with far("pass", f"{body}\n    return thing.W") as functions:
        (answer,) = use(functions, prepared(functions, W=W))
    there, here = answer.value, answer.attributes["W"]
    assert (here.dtype, here.shape, here.tobytes()) == (there.dtype, there.shape, there.tobytes())
    assert (here.shape == W.shape and here.tobytes() == W.tobytes()) == stays


def test_arguments_that_are_changed() -> None:
    """A change of an argument in place is reported. Our own argument does not change."""
    x, y = np.ones((3, 2)), np.ones(2)
    with far("pass", "x[1] = 5") as functions:
        (answer,) = use(functions, (Holder(), x, y))
    assert answer.arguments[0].tolist() == [[1, 1], [5, 5], [1, 1]]
    assert answer.arguments[1] is y
    assert x.tolist() == [[1, 1]] * 3


VALUES = [
    1, 2.5, "text", None, True, [1, [2.5, "x"]], (1, (2,)), {"a": [1], 2: {"b": None}}, np.float32(1.5),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_values_go_and_come_back(value: Any) -> None:
    """Numbers, texts, lists, tuples and dictionaries are the same on both sides, as arguments and as results."""
    with far("pass", "return [type(x).__name__, x]") as functions:
        (answer,) = use(functions, (Holder(), value, 0))
    assert answer.value == [type(value).__name__, value]


def test_a_list_that_is_changed() -> None:
    """A change of a list or a dictionary is reported. Our own does not change."""
    x, y = [1, 2], {"a": 1}
    with far("pass", "x.append(3); y['b'] = 2") as functions:
        (answer,) = use(functions, (Holder(), x, y))
    assert answer.arguments == ([1, 2, 3], {"a": 1, "b": 2})
    assert (x, y) == ([1, 2], {"a": 1})


ODD = {
    "the same as nothing": schema.Reply(value=1, attributes={"W": schema.Same()}, arguments=[0, 0]),
    "arguments are missing": schema.Reply(value=1),
    "an array without bytes": schema.Reply(value=schema.Array("f8", [3], b""), arguments=[0, 0]),
}


@pytest.mark.parametrize("odd", [*map(msgspec.msgpack.encode, ODD.values()), b"\xc1"], ids=[*ODD, "no msgpack"])
def test_answers_that_contradict_themselves(odd: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that contradicts itself counts as a failure of its call."""
    with far("pass", "return 1") as functions:
        monkeypatch.setattr(functions.session, "exchange", lambda orders: ([odd], None))
        (answer,) = use(functions, (Holder(), 0, 0))
        assert functions.failed
    assert "cannot be read" in str(answer.mistake)


def test_an_odd_answer_of_a_preparation(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noted for staff, and costs nothing: the answer to the call itself counts."""
    right = msgspec.msgpack.encode(schema.Reply(value=1, arguments=[0, 0]))
    with far("pass", "return 1") as functions:
        monkeypatch.setattr(functions.session, "exchange", lambda orders: ([b"\xc1", right], None))
        (answer,) = use(functions, prepared(functions))
        assert answer.value == 1
        assert not functions.failed
        assert [detail.partition(":")[0] for detail in functions.details] == ["an inconsistent answer"]


def test_answers_that_are_too_many_to_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    """The remaining calls are made later, in a new process."""
    monkeypatch.setattr(session_module, "_MOST", 100_000)
    with far("pass", "thing.large = np.ones(5_000); return [x, os.getpid()]") as functions:
        answers = [answer.value for answer in use(functions, *((Holder(), number, 0) for number in range(7)))]
    assert [number for number, _ in answers] == [*range(7)]
    assert len({process for _, process in answers}) == 3


def test_objects_are_forgotten_one_by_one() -> None:
    """What a call stored on its object is gone when the next answer is read: a thousand would take gigabytes."""
    right = msgspec.msgpack.encode(schema.Reply(attributes={"W": 1}, arguments=[0, 0]))
    stub = SimpleNamespace(copy=None, shared=False, public=True, names=["use"], functions={"use": "callable"})
    stub.exchange = lambda orders: ([right] * len(orders), None)
    function = FarFunctions(cast("Session", stub)).by_name()["use"]
    things = [Holder() for _ in range(5)]
    known = list(map(weakref.ref, things))
    answers = ask(function, [(thing, 0, 0) for thing in things], name="use")
    del things
    for number, answer in enumerate(answers, 1):
        assert answer.attributes == {"W": 1}
        assert [thing() is None for thing in known] == [True] * number + [False] * (5 - number)


def test_one_call_to_watch_is_enough_for_all_who_say_so() -> None:
    """Its answer is kept, even if it is a failure. A case that is judged once more makes a new call."""
    with far("pass", "pass") as functions:
        asked = []
        for alone in (False, True, False, False):
            functions.begin_case(hidden=False, alone=alone)
            for _ in range(3):
                with pytest.raises(Mistake, match="fit raised TypeError"):
                    watch(functions.by_name()["fit"], name="fit", once=True)
            asked.append(functions.failed)
    assert asked == [True, True, False, False]


def test_only_what_was_drawn_last_has_pixels() -> None:
    """There are none of an earlier drawing, nor of one whose copy is gone. The copy that runs now is left alone."""
    with far("import matplotlib.pyplot as plt; plt.plot([thing, size])", "return x + y") as functions:
        fit, now = functions.by_name()["fit"], functions.by_name()["use"]
        (first,), (second,) = (watch(fit, 1, number, name="fit").drawings for number in (2, 3))
        assert functions.last_drawn.show(second) is not None
        assert functions.last_drawn.show(first) is None
        functions.begin_case(hidden=False, alone=True)
        assert now(0, 1, 2) == 3
        running = functions.session.copy
        assert functions.last_drawn.show(second) is None
        assert functions.session.copy is running is not None


def test_the_error_of_a_figure_after_a_hidden_input_is_not_told() -> None:
    """Its text is the student's own, and could hold what a function has seen."""
    told = []
    with far("import matplotlib.pyplot as plt; plt.figtext(0.5, 0.5, f'${thing}_{{$')", "pass") as functions:
        for hidden in (False, True):
            functions.begin_case(hidden=hidden)
            told.append(watch(functions.by_name()["fit"], 31415926, 0, name="fit").broken)
    assert "31415926" in told[0]
    assert told[1] == "an error"
