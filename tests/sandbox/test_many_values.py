"""Values with very many parts are made in little time, or refused."""

import pytest

from autograder.sandbox import values
from autograder.sandbox.values import from_wire, to_wire
from autograder.wire import schema
from autograder.wire.frames import WireError


def test_keys_with_the_same_hash() -> None:
    """The time for a dictionary grows with the square of their number, so only a few are accepted."""
    step = 2**61 - 1
    assert len(from_wire(to_wire({number * step: None for number in range(20)}))) == 20
    assert len(from_wire(to_wire({(number, str(number)): number for number in range(2000)}))) == 2000
    for keys in ([number * step for number in range(21)], [(number * step, "x") for number in range(21)]):
        with pytest.raises(WireError, match="same hash"):
            from_wire(to_wire(dict.fromkeys(keys)))


def test_plain_items_are_taken_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of millions of numbers would take seconds if a function were called for each."""
    made = list[schema.Value]()
    monkeypatch.setattr(values, "from_wire", lambda value, *rest: made.append(value) or from_wire(value, *rest))
    inner = schema.Items(True, [None])
    found = values.from_wire(schema.Items(False, [1, 2.5, "x", True, inner, schema.Pairs([(7, None)])]))
    assert found == [1, 2.5, "x", True, (None,), {7: None}]
    assert made[1:] == [inner, schema.Pairs([(7, None)])]
