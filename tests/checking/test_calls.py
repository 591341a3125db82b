"""Calling a student's function, and reading single values."""

import signal
import sys
import time
import tracemalloc
import warnings
from collections import deque
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.checking import OWN_TYPE, Call, Foreign, Holder, Mistake, ask, call, number_of, spell_shape, watch
from autograder.student.clock import TooSlow, interrupted_after

f = np.float32


def raising(error):
    def function(*_):
        raise error

    return function


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (SystemExit("secret"), "exit"),
        (GeneratorExit("secret"), ""),
        (RecursionError("secret"), ""),
        (NotImplementedError("secret"), "stub from the handout"),
        (NameError("secret"), "does not define"),
        (TypeError("secret"), ""),
        (ValueError("secret"), ""),
        (MemoryError("secret"), ""),
        (BaseExceptionGroup("secret", [SystemExit()]), ""),
        (StopIteration("secret"), ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_ending_of_a_call_is_a_mistake(error, hint):
    """Every error becomes a Mistake that names its type. The error's text is shown only if the arguments are public."""
    with pytest.raises(Mistake) as hidden:
        call(raising(error), name="forward")
    with pytest.raises(Mistake) as shown:
        call(raising(error), name="forward", reveal=True)
    assert f"forward raised {type(error).__name__}" in str(hidden.value)
    assert hint in str(hidden.value)
    assert "secret" in str(shown.value)
    assert "secret" not in str(hidden.value)
    assert hidden.value.__cause__ is None
    assert hidden.value.__suppress_context__


def test_the_person_at_the_keyboard_is_obeyed():
    """Ctrl-C does not count as the student's mistake, neither in a call nor while an object is prepared."""
    with pytest.raises(KeyboardInterrupt):
        call(raising(KeyboardInterrupt()), name="forward")
    with pytest.raises(KeyboardInterrupt):
        list(ask(lambda holder: 1, [Call((Holder(),), (raising(KeyboardInterrupt()),))], name="forward"))


def test_a_batch_is_a_loop():
    """Each call has its own answer with its changed arguments. Our own arguments do not change."""

    def scale(holder, x, factor):
        x *= factor
        holder.total = x.sum()
        holder.last = holder.given
        return holder.start / factor

    def start(holder, value):
        holder.start = value

    x = np.ones(3)
    calls = [Call((Holder(), x, factor), (start, 6), {"given": x}) for factor in (2, 0, 3)]
    first, second, third = ask(scale, calls, name="scale", reveal=True)
    assert (first.value, third.value) == (3, 2)
    assert (first.arguments[0].tolist(), third.arguments[0].tolist(), x.tolist()) == ([2] * 3, [3] * 3, [1] * 3)
    assert (first.attributes["total"], third.attributes["total"]) == (6, 9)
    assert second.attributes["total"] == 0
    with pytest.raises(Mistake, match="scale raised ZeroDivisionError: division by zero"):
        _ = second.value


def test_hints_of_an_assignment():
    """Hints are added to the message. They replace ours for the same type of error."""
    with pytest.raises(Mistake, match=r"f raised KeyError\. Look at the keys\."):
        call(raising(KeyError()), name="f", hints={"KeyError": "Look at the keys."})


def test_a_real_recursion_is_caught():
    """An endless recursion is a Mistake."""
    with pytest.raises(Mistake, match="RecursionError"):
        call(endless := lambda n: endless(n + 1), 0, name="forward")


def test_an_error_that_cannot_be_printed_is_a_mistake():
    """An exception whose own __str__ fails is a Mistake like any other."""

    class Unprintable(Exception):
        def __str__(self):
            return str(1 / 0)

    with pytest.raises(Mistake, match="raised Unprintable"):
        call(raising(Unprintable()), name="graph", reveal=True)


@pytest.mark.parametrize(
    ("function", "message"),
    [(None, "There is no function init"), (3, "type int"), ([], "type list"), ("f", "type str")],
)
def test_what_is_no_function_is_a_mistake(function, message):
    """A missing function and a name with another value get different messages."""
    with pytest.raises(Mistake, match=message):
        call(function, name="init")


def test_a_function_of_a_similar_name_is_named(monkeypatch):
    """In a notebook with a function of nearly the same name, the message asks whether that one is meant."""
    names = {"foward": lambda model: model, "forwards": 3}
    notebook = SimpleNamespace(get_ipython=lambda: SimpleNamespace(user_ns=names))
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    with pytest.raises(
        Mistake, match=r"no function forward, but there is a function foward: should it be called forward\?"
    ):
        call(None, name="forward")
    with pytest.raises(Mistake, match=r"no function graph\. Check its spelling"):
        call(None, name="graph")


def test_a_watched_call_that_is_interrupted():
    """Ctrl-C ends a call that is watched, and what the reader says of the drawing is not reworded."""
    with pytest.raises(KeyboardInterrupt):
        watch(raising(KeyboardInterrupt()), name="graph")
    with pytest.raises(Mistake, match=r"^It is upside down\.$"):
        watch(lambda: 1, name="graph", read=raising(Mistake("It is upside down.")))


def test_the_line_in_the_student_cell_is_told_without_its_text():
    """The message gives the line number and the function, not the source. A long error text is cut."""
    space = {}
    exec(
        compile("def inner():\n    raise ValueError('hidden' * 99)\ndef outer(): inner()\n", "<ipython-7>", "exec"),
        space,
    )
    with pytest.raises(Mistake, match="line 2, in inner") as error:
        call(space["outer"], name="init")
    assert "hidden" not in str(error.value)
    with pytest.raises(Mistake) as shown:
        call(space["outer"], name="init", reveal=True)
    assert str(shown.value).count("hidden") == 50


def test_warnings_are_no_errors_during_a_call():
    """A notebook's settings for numpy's and Python's warnings have no effect during a call, and are kept afterwards."""
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(call(lambda x: np.exp(x), f(1e4), name="forward"))
        call(lambda: warnings.warn("odd", stacklevel=1), name="forward")
        assert np.geterr()["over"] == "raise"
        with pytest.raises(UserWarning, match="still"):
            warnings.warn("still", stacklevel=1)


def test_slow_code_is_interrupted_past_its_own_handlers():
    """The courtesy clock does not raise an Exception, and it restores the signal's handler."""
    before = signal.getsignal(signal.SIGALRM)

    def sleeper():
        try:
            time.sleep(60)
        except Exception:
            return "swallowed"

    with pytest.raises(TooSlow), interrupted_after(0.02):
        sleeper()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_shape_is_spelled_without_its_sizes():
    """Sizes of the problem become letters, 1 stays 1, and any other number is not shown."""
    sizes = {"T": 11, "D": 13, "I": 17, "K": 19}
    assert spell_shape((11, 17, 1), sizes) == "(T, I, 1)"
    assert spell_shape((13,), sizes) == "(D,)"
    assert spell_shape((), sizes) == "()"
    for size in [0, *range(2, 400)]:
        assert str(size) not in spell_shape((size, 19, size), sizes)
    assert spell_shape((13, 1), {"D": 13, "I": 13, "K": 1}, "KI") == "(I, 1)"


def test_a_public_case_shows_sizes():
    """Letters are added where each axis has one."""
    sizes = {"D": 7, "I": 5, "K": 1}
    assert spell_shape((7, 5), sizes, "ID", reveal=True) == "(7, 5), that is (D, I)"
    assert spell_shape((1, 5), sizes, "KI", reveal=True) == "(1, 5), that is (K, I)"
    assert spell_shape((7, 3), sizes, "ID", reveal=True) == "(7, 3)"
    assert spell_shape((1,), sizes, "ID", reveal=True) == "(1,)"
    assert spell_shape((), sizes, "", reveal=True) == "()"


def test_an_equal_number_is_not_taken_for_a_size():
    """Where that is asked for, a letter stands only where it is expected, unless the axes are in another order."""
    sizes = {"T": 5, "I": 4, "D": 3, "K": 1}
    assert spell_shape((3, 4), sizes, "TI", strict=True) == "(another size, I)"
    assert spell_shape((4, 4), sizes, "TI", strict=True) == "(another size, I)"
    assert spell_shape((1, 4), sizes, "TI", strict=True) == "(1, I)"
    assert spell_shape((4, 5), sizes, "TI", strict=True) == "(I, T)"
    assert spell_shape((5, 4, 3), sizes, "TI", strict=True) == "(T, I, another size)"
    assert spell_shape((3, 4), sizes, "TI", reveal=True, strict=True) == "(3, 4)"


@pytest.mark.parametrize("value", [1, 2**70, 1.5, f(2), np.int8(3), [1.0, 2], (1, 2), np.array(4, np.longdouble)])
def test_real_numbers_are_read(value):
    """Numbers, lists of numbers and arrays of any real type are read unchanged."""
    assert np.array_equal(number_of(value, "v"), np.asarray(value))


class Hostile:
    """Cannot be turned into an array."""

    def __array__(self, *_, **__):
        raise SystemExit


@pytest.mark.parametrize(
    "value", [None, "1", True, 1j, [[1], [1, 2]], {}, {1.0}, object(), [None], Hostile(), lambda: 1]
)
def test_what_is_made_of_no_real_numbers_is_refused(value):
    """Texts, booleans, complex numbers, ragged lists and objects are not real numbers."""
    with pytest.raises(Mistake, match=r"^v "):
        number_of(value, "v")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([[1.0], [1.0, 2.0]], "its entries do not all have the same shape"),
        ((np.ones(2), np.ones(3)), "its entries do not all have the same shape"),
        (deque([1.0, [2.0]]), "it is of type deque"),
        (Foreign("accumulate"), "it is of type accumulate"),
        (Foreign(OWN_TYPE), "it is not a number, an array or a list"),
        (Foreign(OWN_TYPE, [None]), "it is not a number, an array or a list"),
    ],
)
def test_a_message_says_why_there_are_no_numbers(value, told):
    """Lists of different lengths are named, and a type whose name is not shown is not called one of the student's."""
    with pytest.raises(Mistake, match=rf"^v .*: {told}\.$|^v .*, but {told}\.$"):
        number_of(value, "v")


def test_text_among_numbers_is_refused_at_once():
    """Numpy would make room for the longest text at every entry: gigabytes for a few long texts in a list."""
    tracemalloc.start()
    try:
        for value in (["x" * 10_000, *["a"] * 20_000], [[1.0, 2.0], ("y" * 10_000, *["b"] * 20_000)]):
            with pytest.raises(Mistake, match="v should contain real numbers, but it contains text"):
                number_of(value, "v")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
