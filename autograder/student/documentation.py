"""Importing matplotlib without composing its documentation.

Each of matplotlib's artist classes lists its properties in its docstrings, and builds a signature from them. It
does so while it is imported, which is a tenth of the time that a submission waits. Nobody reads them here.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from matplotlib import artist

from .replacing import replaced

#: What composes documentation, and what takes its place. These names are matplotlib's own: a release may lack them.
_PRIVATE: tuple[tuple[Any, str, Any], ...] = (
    (artist, "kwdoc", lambda _: ""),
    (artist.Artist, "_update_set_signature_and_docstring", classmethod(lambda _: None)),
)


@contextmanager
def without_documentation() -> Iterator[None]:
    """Within the block, classes of artists get no list of their properties when they are defined."""
    with ExitStack() as stack:
        for owner, name, value in _PRIVATE:
            if hasattr(owner, name):
                stack.enter_context(replaced(owner, name, value))
        yield
