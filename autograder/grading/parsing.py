"""Reading a student's Python as a tree. Nothing in it is run."""

import ast

#: The longest text that is read, in characters. A tree may take several hundred bytes for each of them.
LONGEST = 1_000_000


def parsed(text: str) -> ast.Module | None:
    """Return the syntax tree of a text; None if it is not valid Python, or is longer than people write."""
    if len(text) > LONGEST:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
