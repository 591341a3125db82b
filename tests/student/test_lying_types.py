"""What a value is follows from its type, whatever the value itself says."""

from typing import Any

import networkx as nx
import numpy as np
import pytest

from autograder.checking.calls import Foreign
from tests.student.test_plain import crossed


class Wrapped:
    """Behaves like another value in every way, and says that it has the same class."""

    def __init__(self, thing: Any) -> None:
        self.__dict__["thing"] = thing

    def __getattr__(self, name: str) -> Any:
        return getattr(self.thing, name)

    def __array__(self, *_: Any, **__: Any) -> Any:
        return np.array(self.thing)

    __class__ = property(lambda self: type(self.thing))  # type: ignore[assignment]


@pytest.mark.parametrize("thing", [np.ones(3), np.float64(1), 1.5, 2, "text", [1], (1,), {1: 2}, nx.DiGraph([(1, 2)])])
def test_a_value_does_not_choose_its_type(thing: Any) -> None:
    """An object that claims to be an array, a number, a text, a list or a graph arrives as its type's name."""
    lie: Any = Wrapped(thing)
    assert isinstance(lie, type(thing))
    made = crossed(lie)
    assert isinstance(made, Foreign)
    assert made.kind == "Wrapped"


def test_its_numbers_count_as_in_other_containers() -> None:
    """The numbers of such an object can be read where no array is asked for."""
    assert np.asarray(crossed(Wrapped(np.arange(3.0)))).tolist() == [0, 1, 2]


@pytest.mark.parametrize("kind", [np.matrix, np.recarray, np.memmap, type("Own", (np.ndarray,), {})])
def test_subclasses_are_what_they_extend(kind: type[np.ndarray[Any, Any]]) -> None:
    """Arrays of a subclass arrive as arrays."""
    made = crossed(np.ones((2, 2)).view(kind))
    assert type(made) is np.ndarray
    assert made.tolist() == [[1, 1], [1, 1]]
