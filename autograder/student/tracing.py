"""Describing a student's error: its type, its message, and the lines of the student's own code that led to it."""

import ast
import linecache
import os
import re
from types import TracebackType

from ..wire.failures import Cause, CodeLine, Failure
from .causes import facts_of, near
from .magics import end_run
from .plain import clip, type_name

_LONGEST_TRACE = 200_000

#: The most steps of a trace that are kept: the last ones.
_MOST_STEPS = 12

#: Finds the names that the lines of a cell define outside of functions.
_DEFINED = re.compile(
    r"^(?:(?:async +)?(?:def|class) +(\w+)|(\w+) *(?::[^=\n]*)?=(?!=)|(?:import|from +\S+ +import) +(.+))", re.MULTILINE
)


class Cells:
    """Knows which code belongs to which cell, and what happened to the names that the cells define."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._before = set(linecache.cache)
        self._lost: dict[str, Cause] = {}
        self._folder = "\0"  # no file is in it
        self.sources: list[str] = []
        """The sources of all cells."""
        self.current = 0
        """The number of the cell that is running."""

    def begin(self, sources: list[str]) -> None:
        """Get ready for the cells of a submission, which run in the current folder."""
        self.sources = sources
        self._folder = os.path.join(os.getcwd(), "")

    def lose(self, names: list[str], failure: Failure) -> None:
        """Note that a statement of the current cell failed that would have defined these names."""
        line = failure.trace[0].line if failure.trace else 0
        cause = Cause(how="failed", cell=self.current, line=line, kind=failure.kind, text=failure.text)
        for name in names[:50]:
            self._lost[clip(name, 100)] = cause

    def ends_run(self, error: BaseException) -> bool:
        """Whether an error is an ``exit()`` of the submission. A library's, such as unittest's, is only a failure."""
        if not isinstance(error, SystemExit):
            return False
        step = last = error.__traceback__
        while step is not None:
            step, last = step.tb_next, step
        return last is None or last.tb_frame.f_code is end_run.__code__ or bool(self._own_steps(last))

    def lose_rest(self, failure: Failure) -> None:
        """Note that the current cell ended with an error, so that not all of its statements were run."""
        self.lose([name for name in names_in(self._source(self.current)) if name not in self._lost], failure)

    def left_out(self, number: int) -> None:
        """Note that a cell is not run at all."""
        for name in names_in(self._source(number)):
            self._lost[name] = Cause(how="skipped", cell=number)

    def ended(self) -> None:
        """Note that the current cell ended the run, so that no cell after it is run."""
        for number in range(len(self.sources), self.current, -1):
            for name in names_in(self._source(number)):
                self._lost[name] = Cause(how="ended", cell=number)

    def reason(self, name: str) -> Cause | None:
        """Why a name has no value although a cell defines it; None if no cell does."""
        if name in self._lost or not self.current:
            return self._lost.get(name)
        later = range(self.current + 1, len(self.sources) + 1)
        found = next((number for number in later if name in names_in(self._source(number))), None)
        return None if found is None else Cause(how="later", cell=found)

    def near(self, name: str, space: dict[str, object]) -> str:
        """The name of a function of the cells that is probably meant by a name that does not exist."""
        codes = {other: getattr(value, "__code__", None) for other, value in list(space.items())}
        return near(name, [other for other, code in codes.items() if code and self._is_cell(code.co_filename)])

    def learn(self, number: int) -> None:
        """Note that the code added since the last call belongs to a cell."""
        for name in linecache.cache.keys() - self._before:
            if self._is_cell(name):
                self._numbers[name] = number
        self._before = set(linecache.cache)

    @staticmethod
    def _is_cell(name: str) -> bool:
        return "ipykernel" in name or name.startswith("<ipython")

    def _source(self, number: int) -> str:
        return self.sources[number - 1] if 0 < number <= len(self.sources) else ""

    def failure(self, error: BaseException) -> Failure:
        """Describe an error; never raises."""
        try:
            return self._failure(error)
        except BaseException:  # a student's own exception type may do anything
            return Failure(kind=type_name(error))

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, SyntaxError) and (found := self._unreadable(_in_full(error))):
            return found
        own = self._own_steps(error.__traceback__)
        facts = facts_of(error, own[-1] if own else None)
        because = self.reason(facts["name"]) if isinstance(error, NameError) and "name" in facts else None
        trace = [self._described(step) for step in own[-_MOST_STEPS:]]
        return Failure(kind=type_name(error), text=_text(error), trace=trace, because=because, **facts)

    def _unreadable(self, error: SyntaxError) -> Failure | None:
        """Describe a cell, or a file next to it, that Python cannot read."""
        line, column, end = error.lineno, error.offset, error.end_offset
        if type(line) is not int or not 0 < line < 10**6:
            return None
        name = error.filename if type(error.filename) is str else ""
        text = (error.text if type(error.text) is str else "").split("\n")[0]
        cell = 0 if self._file(name) else self._numbers.get(name, self.current)
        caret = None
        if type(column) is int and 0 < column < 200:
            last = (
                end - 1 if type(end) is int and column < end <= len(text) + 1 and error.end_lineno == line else column
            )
            caret = (column - 1, max(last - 1, column - 1))
        step = CodeLine(cell=cell, file=self._file(name), line=line, text=clip(text.replace("\t", " "), 200))
        return Failure(kind=type_name(error), text=clip(str(error.msg), 500), trace=[step], caret=caret)

    def _own_steps(self, trace: TracebackType | None) -> list[TracebackType]:
        """The steps of a trace that are in cells, or in files that were handed in with them."""
        steps: list[TracebackType] = []
        for _ in range(_LONGEST_TRACE):
            if trace is None:
                break
            name = trace.tb_frame.f_code.co_filename
            if self._is_cell(name) or self._file(name):
                steps.append(trace)
            trace = trace.tb_next
        return steps

    def _file(self, name: str) -> str:
        """The path of a file of the submission; empty for any other file."""
        return clip(name.removeprefix(self._folder), 200) if name.startswith(self._folder) else ""

    def _described(self, step: TracebackType) -> CodeLine:
        code = step.tb_frame.f_code
        name, line = code.co_filename, min(max(step.tb_lineno or 0, 0), 10**6)
        function = "" if code.co_name == "<module>" else clip(code.co_name, 200)
        text = clip(linecache.getline(name, line).strip(), 200)
        if file := self._file(name):
            return CodeLine(file=file, line=line, function=function, text=text)
        return CodeLine(cell=self._numbers.get(name, self.current), line=line, function=function, text=text)


def _in_full(error: SyntaxError) -> SyntaxError:
    """The error of code that ends too early, in Python's words: IPython only says that its input is incomplete."""
    if type(error.filename) is str and "incomplete input" in str(error.msg):
        try:
            ast.parse("".join(linecache.getlines(error.filename)))
        except SyntaxError as told:
            told.filename = error.filename
            return told
    return error


def names_in(source: str) -> list[str]:
    """Return the names that a cell seems to define, whether or not Python can read it."""
    names: list[str] = []
    for function, variable, imported in _DEFINED.findall(source):
        words = [part.split() for part in imported.partition("#")[0].strip("() ").split(",")]
        names += [function or variable] if not imported else [part[-1].partition(".")[0] for part in words if part]
    return [clip(name, 100) for name in names]


def _text(error: BaseException) -> str:
    try:
        return clip(str(error), 500)
    except BaseException:  # a student's own __str__
        return ""
