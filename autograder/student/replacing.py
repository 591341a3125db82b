"""Another value for an attribute, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_UNSET = object()


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """Within the block, an attribute of an object, class or module has another value.

    ``unittest.mock`` can do this, too. But it imports asyncio, which every submission would wait for.
    """
    before = vars(owner).get(name, _UNSET)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is _UNSET:
            delattr(owner, name)
        else:
            setattr(owner, name, before)
