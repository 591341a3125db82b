"""Reading a student's Python as a tree. Nothing in it is run."""

import ast

#: The longest text that is read, in characters. A tree may take several hundred bytes for each of them.
LONGEST = 300_000
#: The most characters that are read of one submission, if parts of it are read again and again.
_MOST = 1_500_000


def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree of a text; None if it is not valid Python, or is longer than people write."""
    if len(text) > LONGEST:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class Parser:
    """Reads texts, and stops when there are more than a person would write."""

    def __init__(self) -> None:
        self._left = _MOST

    @property
    def tired(self) -> bool:
        """Whether it has stopped reading."""
        return self._left < 0

    def parsed(self, text: str) -> ast.Module | None:
        """Return the syntax tree of a text; see the function ``parsed``. None, too, once this has stopped reading."""
        if len(text) <= LONGEST:
            self._left -= len(text) + 100
        return None if self.tired else parsed(text)
