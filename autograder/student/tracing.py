"""Describing a student's error as text: its type, its message, and the lines of the student's cells that led to it."""

import linecache
from types import TracebackType

from ..wire import schema
from .plain import clip, type_name

_LONGEST_TRACE = 200_000


class Cells:
    """Knows which code belongs to which cell."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._before = set(linecache.cache)
        self._lost: dict[str, str] = {}
        self.current = 0
        """The number of the cell that is running."""

    def lose(self, names: list[str], failure: schema.Failure) -> None:
        """Note that a statement failed that would have defined these names."""
        where = failure.trace[-1].partition(":")[0] if failure.trace else f"line {failure.line}"
        reason = clip(f"{where} was left out: {failure.kind}: {failure.text}".removesuffix(": "), 300)
        for name in names[:50]:
            self._lost[clip(name, 100)] = reason

    def reason(self, name: str) -> str:
        """Why a name has no value, if a statement that failed would have defined it; otherwise empty."""
        return self._lost.get(name, "")

    def learn(self, number: int) -> None:
        """Note that the code added since the last call belongs to a cell."""
        for name in linecache.cache.keys() - self._before:
            if self._is_cell(name):
                self._numbers[name] = number
        self._before = set(linecache.cache)

    @staticmethod
    def _is_cell(name: str) -> bool:
        return "ipykernel" in name or name.startswith("<ipython")

    def failure(self, error: BaseException) -> schema.Failure:
        """Describe an error; never raises."""
        try:
            return self._failure(error)
        except BaseException:  # a student's own exception type may do anything
            return schema.Failure(kind=type_name(error))

    def _failure(self, error: BaseException) -> schema.Failure:
        text, line, function, trace = _text(error), None, "", []
        if isinstance(error, SyntaxError):
            line = error.lineno if type(error.lineno) is int and 0 < error.lineno < 10**6 else None
        else:
            steps = self._steps(error.__traceback__)
            if steps:
                (_, line, function) = steps[-1]
            trace = [self._describe(*step) for step in steps[-12:]]
        if isinstance(error, NameError) and (reason := self.reason(str(error.name))):
            text = clip(f"{text} ({reason})", 500)
        return schema.Failure(kind=type_name(error), text=text, line=line, function=clip(function, 200), trace=trace)

    def _steps(self, trace: TracebackType | None) -> list[tuple[str, int, str]]:
        steps: list[tuple[str, int, str]] = []
        for _ in range(_LONGEST_TRACE):
            if trace is None:
                break
            code = trace.tb_frame.f_code
            if self._is_cell(code.co_filename):
                steps.append((code.co_filename, trace.tb_lineno, code.co_name))
            trace = trace.tb_next
        return steps

    def _describe(self, name: str, line: int, function: str) -> str:
        number = self._numbers.get(name, self.current)
        cell = f"cell {number}, " if number else ""
        where = f" in {function}" if function != "<module>" else ""
        return clip(f"{cell}line {line}{where}: {linecache.getline(name, line).strip()}", 1000)


def _text(error: BaseException) -> str:
    try:
        return clip(str(error), 500)
    except BaseException:  # a student's own __str__
        return ""
