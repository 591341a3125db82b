"""Why what ``forward`` returns is not a loss at all."""

from collections.abc import Sequence
from typing import Any

from .facts import FACTS
from .hint import Hint
from .seen import SeenCall


def returned_hints(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return why what was returned is not a number or several; nothing if it is, or if it is not certain."""
    returned = [seen.output.answer.returned for seen in every if not seen.failed]
    if not returned:
        return ()
    if all(value is None for value in returned):
        return (FACTS["nothing-returned"],)
    if all(_is_collection(value) for value in returned):
        return (FACTS["pair-returned"],)
    return ()


def _is_collection(value: Any) -> bool:
    return isinstance(value, (tuple, list, dict)) and len(value) > (0 if isinstance(value, dict) else 1)
