"""The class of the object that functions store their results on."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.wire.holder import Holder, holder_class


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


class Guarded:
    """An attribute that cannot be set."""

    @property
    def W(self) -> int:
        """Never what was set."""
        return 0


class Odd(type):
    """A metaclass."""


class Made(metaclass=Odd):
    """Not plain."""


@pytest.mark.parametrize("own", [Plain, WithInit, Data])
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


@pytest.mark.parametrize("own", [None, 1, "Model", int, dict, SimpleNamespace, Slots, Guarded, Made, Holder, len])
def test_anything_else_is_ignored(own: Any) -> None:
    """The object is then a plain one."""
    thing = holder_class("Model", own)()
    thing.W = 3  # type: ignore[attr-defined]
    assert (type(thing).__bases__, vars(thing)) == ((Holder,), {"W": 3})
