"""Any value from a student's function crosses the wall as a plain value, or as the name of its type."""

import array
from collections import namedtuple
from decimal import Decimal
from typing import Any
from unittest.mock import MagicMock, Mock

import msgspec
import networkx as nx
import numpy as np
import pytest

from autograder.checking.calls import Foreign
from autograder.sandbox.values import from_wire
from autograder.student.clock import interrupted_after
from autograder.student.plain import Converter, clip, type_name
from autograder.wire import schema
from autograder.wire.frames import decoder
from tests.wire.fuzz_wire import assert_plain

decode = decoder(schema.Reply)


def crossed(thing: Any, converter: Converter | None = None) -> Any:
    """Send a value from the student's side across the wall, and return what arrives."""
    answer = schema.Reply(value=(converter or Converter()).value(thing))
    made = from_wire(decode(msgspec.msgpack.encode(answer)).value)
    assert_plain(made)
    return made


def kind(thing: Any) -> Any:
    """The type name that arrives for a value that cannot cross as it is."""
    made = crossed(thing)
    return made.kind if isinstance(made, Foreign) else made


# ---- arrays

ARRAYS = {
    "plain": np.arange(6.0).reshape(2, 3),
    "empty": np.zeros((0, 3)),
    "without dimensions": np.array(2.5),
    "turned": np.arange(12).reshape(3, 4)[::2, ::-1].T,
    "in columns": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "stretched": np.broadcast_to(np.float32(1.5), (3, 4)),
    "read only": np.frombuffer(b"12345678", "u1"),
    "swapped": np.arange(5, dtype=">i4"),
    "swapped complex": (np.arange(3) * 1j).astype(">c8"),
    "half": np.float16([1, 2.5]),
    "long": np.longdouble([1, 2]) / 3,
    "long complex": np.clongdouble([1, 2j]) / 3,
    "truth": np.array([True, False]),
    "not finite": np.array([np.nan, np.inf, -np.inf, -0.0]),
    "eight dimensions": np.zeros((1,) * 8),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays(name: str) -> None:
    """An array of numbers arrives with its shape, its numbers and its type, in this machine's byte order."""
    given = ARRAYS[name]
    made = crossed(given)
    assert type(made) is np.ndarray
    assert (made.shape, made.dtype) == (given.shape, given.dtype.newbyteorder("="))
    np.testing.assert_array_equal(made, given)
    assert made.flags.c_contiguous
    assert made.flags.writeable


@pytest.mark.parametrize("dtype", sorted({np.dtype(name) for name in schema.DTYPES}, key=str))
def test_scalars(dtype: Any) -> None:
    """A numpy scalar arrives as a scalar of the same type, not as an array."""
    given = dtype.type(1)
    made = crossed(given)
    assert (type(made), made) == (type(given), given)


class Liar(np.ndarray):
    """An array that lies about itself in every way."""

    shape = (7, 7)  # type: ignore[assignment]
    dtype = np.dtype("O")  # type: ignore[assignment]

    def __array__(self, *_: Any, **__: Any) -> Any:
        return np.zeros(3)

    def __array_ufunc__(self, *_: Any, **__: Any) -> Any:
        return True

    def __eq__(self, other: object) -> Any:
        return True

    __hash__ = None  # type: ignore[assignment]

    def tobytes(self, *_: Any) -> bytes:
        return b"lies"


def test_subclasses_of_arrays() -> None:
    """The numbers of a subclass of numpy's array arrive in numpy's own type."""
    for given in (np.eye(2).view(np.matrix), np.ma.array([1.0, 2.0]), np.arange(3).view(np.memmap)):
        made = crossed(given)
        assert type(made) is np.ndarray
        np.testing.assert_array_equal(made, np.asarray(given))
    lying = np.ndarray.__new__(Liar, 2, "i8", array.array("q", [5, 6]))
    np.testing.assert_array_equal(crossed(lying), [5, 6])


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        (np.array([1, None]), "object array"),
        (np.array([[1], [1, 2]], dtype=object), "object array"),
        (np.array(["a", "b"]), "array of <U1"),
        (np.str_("abc"), "array of <U3"),
        (np.datetime64("2020-01-01"), "array of datetime64[D]"),
        (np.zeros(2, dtype=[("a", float)]), "array of [('a', '<f8')]"),
        (np.zeros((1,) * 9), "array of float64"),
        (np.empty((0, 2**41)), "array of float64"),
    ],
)
def test_arrays_of_something_else(thing: Any, name: str) -> None:
    """An array that does not hold numbers arrives as the name of its entries' type."""
    assert kind(thing) == name


def test_long_names_of_entries() -> None:
    """A very long name of the entries' type does not spoil the answer."""
    assert kind(np.zeros(2, dtype=[("x" * 300, float)])).startswith("array of [('xxx")


# ---- numbers and texts


class Float(float):
    """A number that claims to be another number, and to be equal to everything."""

    def __float__(self) -> float:
        return 5.0

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Int(int):
    """An integer that cannot be converted."""

    def __int__(self) -> int:
        raise RuntimeError

    __index__ = __int__


class Text(str):
    """A text whose ``str`` is another text of the same class."""

    def __str__(self) -> str:
        return Text("told")

    def __len__(self) -> int:
        return 0

    def __getitem__(self, _: Any) -> str:
        return self


def test_numbers_and_texts() -> None:
    """Built-in numbers and texts arrive unchanged. Those of a subclass arrive as the built-in type."""
    for given in (0, -(2**63), 2**63 - 1, True, False, None, 1.5, "", "é€𝄞"):
        made = crossed(given)
        assert (type(made), made) == (type(given), given)
    assert type(crossed(Float(2))) is float
    assert kind(Int(2)) == "Int"
    assert (type(crossed(Text("x"))), crossed(Text("x"))) == (str, "told")


def test_large_numbers() -> None:
    """An integer beyond 64 bits arrives exactly; one of thousands of digits arrives as its type's name."""
    for number in (2**63, -(2**63) - 1, 10**30, -(3**2000)):
        made = crossed(number)
        assert (type(made), made) == (int, number)
    assert kind(10**4000) == "int"


def test_odd_texts() -> None:
    """Halves of surrogate pairs are replaced, and long texts are cut."""
    assert crossed("a\ud800b") == "a?b"
    assert crossed("x" * 50_000) == "x" * 10_000
    assert clip("\udcff" * 10, 5) == "?????"


# ---- containers

Pair = namedtuple("Pair", "one two")


def test_lists() -> None:
    """Lists and tuples arrive as such, with their contents. Subclasses arrive as the built-in type."""
    assert crossed([1, (2.5, "a"), [None, True], []]) == [1, (2.5, "a"), [None, True], []]
    assert crossed(Pair(1, [2])) == (1, [2])
    assert type(crossed(Pair(1, 2))) is tuple
    assert kind([{1}])[0].kind == "set"


def nested(depth: int) -> Any:
    """A number nested in lists, ``depth`` levels deep."""
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("depth", [schema.DEEPEST + 1, 70, 100_000])
def test_deep_lists(depth: int) -> None:
    """Lists arrive down to a certain depth. A deeper list arrives as its type's name."""
    assert crossed(nested(schema.DEEPEST)) == nested(schema.DEEPEST)
    value = crossed(nested(depth))
    for _ in range(schema.DEEPEST):
        (value,) = value
    assert isinstance(value, Foreign)
    assert value.kind == "list"


@pytest.mark.parametrize("width", [1, 2])
def test_lists_in_themselves(width: int) -> None:
    """A list that contains itself arrives like any other list that is too deep."""
    value: list[Any] = []
    value += [value] * width
    with interrupted_after(20):
        made = crossed(value)
    for _ in range(schema.DEEPEST):
        assert isinstance(made, list)
        made = made[-1]
    assert isinstance(made, Foreign)
    assert made.kind == "list"


def test_long_lists() -> None:
    """A list that is too long arrives as its type's name, with its numbers."""
    made = crossed([1.5] * 30_000)
    assert isinstance(made, Foreign)
    assert np.asarray(made).tolist() == [1.5] * 30_000


class Named(type):
    """Makes classes whose name raises an error."""

    @property
    def __name__(cls) -> Any:
        raise RuntimeError


class Nameless(metaclass=Named):
    """Its class's name raises an error, and its attributes exit."""

    def __getattr__(self, name: str) -> Any:
        raise SystemExit


class Pretender:
    """Claims to be a number."""

    @property
    def __class__(self) -> Any:  # type: ignore[override]
        return int

    def __int__(self) -> int:
        raise KeyboardInterrupt


THINGS = {
    "large dict": (dict.fromkeys(range(2001)), "dict"),
    "set": ({1, 2}, "set"),
    "range": (range(3), "range"),
    "generator": ((x for x in "abc"), "generator"),
    "function": (crossed, "function"),
    "class": (int, "type"),
    "module": (np, "module"),
    "complex": (1 + 2j, "complex"),
    "decimal": (Decimal("1.5"), "Decimal"),
    "mock": (Mock(), "Mock"),
    "mock of an array": (MagicMock(spec=np.ndarray), "MagicMock"),
    "mock of a list": (Mock(spec=list), "Mock"),
    "mock of a graph": (Mock(spec=nx.DiGraph), "Mock"),
    "pretender": (Pretender(), "Pretender"),
    "nameless": (Nameless(), "Nameless"),
}


@pytest.mark.parametrize("name", THINGS)
def test_other_things(name: str) -> None:
    """Any other value arrives as the name of its type, whatever its methods do."""
    thing, expected = THINGS[name]
    assert kind(thing) == expected
    assert type_name(thing) == expected
