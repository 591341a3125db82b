"""A function of a submission, as a test case calls it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..checking.calls import Answer, Call

Found = tuple[Answer, BaseException | None]


class FarFunction:
    """Stands for a student's function. ``autograder.checking`` knows how to call it."""

    far = True
    kind = "function"

    def __init__(self, functions: Any, name: str) -> None:
        self._functions, self.name = functions, name

    def __call__(self, *arguments: Any) -> Any:
        """Make one call."""
        ((answer, error),) = self.ask([Call(arguments)])
        if error is not None:
            raise error
        return answer.value

    def ask(self, calls: Iterable[Call], stored: Sequence[str] | None = None, fresh: bool = False) -> Iterator[Found]:
        """Make the calls of a batch, in a copy of their own if it is to be fresh."""
        found: Iterator[Found] = self._functions.ask(self.name, calls, stored, fresh=fresh)
        return found

    def watch(self, arguments: tuple[Any, ...], once: bool, read: Callable[[Any, list[Any]], Any]) -> Any:
        """Make one call, and read what it draws."""
        return self._functions.watch(self.name, arguments, once, read)
