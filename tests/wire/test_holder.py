"""The class of the object that functions store their results on."""

import inspect
from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import pytest

from autograder.checking.calls import Call, ask
from autograder.wire.holder import Holder, holder_class, put

T = TypeVar("T")


class Plain:
    """As in a handout."""


class WithInit:
    """Its init must not be called."""

    scale = 2

    def __init__(self, size: int) -> None:
        self.size = size

    def doubled(self) -> Any:
        """Use an attribute that the test sets."""
        return self.scale * self.W  # type: ignore[attr-defined]


@dataclass
class Data:
    """Fields with and without a default."""

    W: Any
    a: Any = None


class Slots:
    """Attributes outside of ``__dict__``."""

    __slots__ = ("W",)


class Namespace(SimpleNamespace):
    """What many people use for attributes."""


class General(ABC, Generic[T]):
    """A metaclass and bases of Python's own."""


class Guarded:
    """A property that can be set, one that cannot, and one for what is missing."""

    @property
    def W(self) -> Any:
        """Kept in another place."""
        return self._W

    @W.setter
    def W(self, value: Any) -> None:
        self._W = value

    @property
    def a(self) -> int:
        """Never what was set."""
        return 0

    @property
    def twice(self) -> Any:
        """Made from what was set."""
        return 2 * self.W

    def __getattr__(self, name: str) -> Any:
        if name == "scale":
            return 5
        raise AttributeError(name)


class Abstract(ABC):
    """No object of it can be made."""

    @abstractmethod
    def step(self) -> None:
        """Not there."""


class Converts:
    """Runs code when an attribute is set."""

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)["other"] = value


class Odd(type):
    """A metaclass."""


class Made(metaclass=Odd):
    """Not plain."""


@pytest.mark.parametrize("own", [Plain, WithInit, Data, Slots, Namespace, General, SimpleNamespace, Guarded])
def test_an_object_is_one_of_a_plain_class_of_the_student(own: type) -> None:
    """Attributes are kept as in any object, and nothing else is there."""
    thing = holder_class("Model", own)()
    assert isinstance(thing, own)
    assert isinstance(thing, Holder)
    assert type(thing).__name__ == "Model"
    assert vars(thing) == {}
    thing.W = 3  # type: ignore[attr-defined]
    assert vars(thing) == {"W": 3}
    if own is WithInit:
        assert thing.doubled() == 6


@pytest.mark.parametrize("own", [None, 1, "Model", int, dict, Abstract, Converts, Made, Holder, len])
def test_anything_else_is_ignored(own: Any) -> None:
    """The object is then a plain one."""
    thing = holder_class("Model", own)()
    thing.W = 3  # type: ignore[attr-defined]
    assert (type(thing).__bases__, vars(thing)) == ((Holder,), {"W": 3})


def test_properties_of_the_student_s_class() -> None:
    """They can be read. What the autograder sets is there, whatever property has its name."""
    thing: Any = holder_class("Model", Guarded)()
    with pytest.raises(AttributeError, match="W"):
        _ = thing.W
    for name in ("W", "a"):
        put(thing, name, 3)
    assert vars(thing) == {"W": 3, "a": 3}
    assert (thing.W, thing.a, thing.twice, thing.scale) == (3, 3, 6, 5)
    assert Guarded().a == 0
    assert {"W", "a", "twice"} <= {name for name, _ in inspect.getmembers(type(thing))}  # as for any property


def test_properties_can_stand_for_what_is_stored() -> None:
    """A function need not store what a property of its class computes. One that fails is not there."""

    class Lazy:
        @property
        def a(self) -> Any:
            return 2 * self.h  # type: ignore[attr-defined]

    space: dict[str, Any] = {"Holder": Lazy}
    exec("def keep(thing, value):\n    if value: thing.h = value", space)
    calls = [Call((Holder(), 1)), Call((Holder(), 0))]
    answers = list(ask(space["keep"], calls, name="keep", stored=["a"]))
    assert [answer.attributes for answer in answers] == [{"h": 1, "a": 2}, {}]


@pytest.mark.parametrize("own", [WithInit, Slots, Namespace, General, Guarded])
def test_the_same_in_a_notebook(own: type) -> None:
    """There, a function gets an object of the student's class, and the next call of the batch sees what it stored."""
    space: dict[str, Any] = {"Holder": own}
    exec("def keep(thing, value):\n    assert isinstance(thing, Holder)\n    old = getattr(thing, 'W', 0)\n"
         "    thing.W = value\n    return old", space)  # fmt: skip
    thing = Holder()
    answers = list(ask(space["keep"], [Call((thing, 1)), Call((thing, 2))], name="keep"))
    assert [answer.value for answer in answers] == [0, 1]
    assert [answer.attributes for answer in answers] == [{"W": 1}, {"W": 2}]
