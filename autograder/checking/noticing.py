"""An error that was raised in this process, as in a student's notebook, described for the student."""

import linecache
import sys
from contextlib import suppress
from types import FunctionType, TracebackType
from typing import Any

from ..student.causes import facts_of, near
from .explaining import Step, Trouble, place_of, worded

#: Functions of ours that may be on the way to an error.
_OWN_FRAMES = {"_call_here", "quietly", "watch"}


def noticed(error: BaseException, reveal: bool) -> Trouble:
    """Describe an error that was raised in this process.

    Args:
        error: the error.
        reveal: whether its text, which may contain values of the arguments, and the lines of code may be shown.
    """
    kind, trace = type(error).__name__, _own_steps(error.__traceback__)
    if not reveal:
        return Trouble(kind, steps=[_described(step, "") for step in trace], known=False)
    steps = [_described(step, linecache.getline(step.tb_frame.f_code.co_filename, step.tb_lineno)) for step in trace]
    return Trouble(kind, _text_of(error), steps, **facts_of(error, trace[-1] if trace else None))


def similar_function(name: str) -> str:
    """The name of a function of this notebook that is probably meant; empty if there is none, or no notebook."""
    with suppress(Exception):
        space: dict[str, Any] = sys.modules["IPython"].get_ipython().user_ns
        return near(name, [other for other, value in space.items() if type(value) is FunctionType])
    return ""


def _text_of(error: BaseException) -> str:
    with suppress(BaseException):  # a student's own __str__
        return worded(str(error)[:300])
    return ""


def _own_steps(trace: TracebackType | None) -> list[TracebackType]:
    steps = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name not in _OWN_FRAMES and _label(code.co_filename):
            steps.append(trace)
        trace = trace.tb_next
    return steps


def _described(step: TracebackType, text: str) -> Step:
    code = step.tb_frame.f_code
    place = place_of(_label(code.co_filename), "".join(linecache.getlines(code.co_filename)))
    return Step(place, step.tb_lineno, "" if code.co_name == "<module>" else code.co_name, text.strip())


def _label(filename: str) -> str:
    """What the notebook calls the cell with this code; empty if it is not a cell."""
    with suppress(Exception):  # no notebook, or another version of IPython
        told: Any = sys.modules["IPython"].get_ipython().compile.format_code_name(filename)
        if told is not None:
            return str(told[1]).replace("In[", "In [")
    return "Cell" if "ipykernel" in filename or filename.startswith(("<ipython", "In[")) else ""
