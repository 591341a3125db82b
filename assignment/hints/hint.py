"""What a hint is, and how it gets into a message.

A hint has a key, for tests, and words, for students. It is chosen by what a mistake would have given. If several fit,
none is named.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from autograder.checking import Mistake

T = TypeVar("T")

#: Stands between a line of code and what is said of it.
_APART = "\n\n"


@dataclass(frozen=True)
class Hint:
    """A cause of a mistake."""

    key: str
    """A short name, as in ``# hint: r-transposed`` in the header of a wrong submission."""
    words: str
    """A sentence or two for the student, with braces for what ``about`` fills in. No two hints share their words."""

    def about(self, **things: str) -> "Hint":
        """Return this hint with words in place of those in braces."""
        return Hint(self.key, self.words.format(**things))


def only_one(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Return the hint, if there is exactly one: where several causes fit, none is named."""
    found = tuple(dict.fromkeys(hints))
    return found if len(found) == 1 else ()


def add_hints(mistake: Mistake, hints: Iterable[Hint]) -> None:
    """Add the words of hints to a message. A mistake that is made of two has two hints."""
    for hint in hints:
        if hint.words not in str(mistake):
            ends_in_code = str(mistake).rpartition("\n")[2].startswith("    ")
            mistake.args = (f"{mistake}{_APART if ends_in_code else ' '}{hint.words}",)


@contextmanager
def hinted(answers: Iterable[T], diagnose: Callable[[list[T]], Iterable[Hint]]) -> Iterator[Iterator[T]]:
    """Yield the answers of a batch. If the block raises a ``Mistake``, add the hints that follow from all of them.

    Nothing is done as long as no case fails. After a call that did not return, no more answers are asked for.

    Args:
        answers: the answers, in any form. They are only read as far as the block reads them.
        diagnose: returns hints for the answers, or none.
    """
    source, seen = iter(answers), list[T]()

    def watched() -> Iterator[T]:
        for answer in source:
            seen.append(answer)
            yield answer

    try:
        yield watched()
    except Mistake as mistake:
        while not (seen and is_lost(seen[-1])):
            try:
                seen.append(next(source))
            except StopIteration:
                break
        with np.errstate(all="ignore"):  # whatever numbers a student has
            add_hints(mistake, diagnose(seen))
        raise


def is_lost(answer: object) -> bool:
    """Whether a call did not return, so that its error has no type. Then no more is asked: it would take as long."""
    failed = getattr(getattr(answer, "answer", answer), "mistake", None)
    return getattr(getattr(failed, "error", None), "kind", None) == ""
