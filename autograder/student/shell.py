"""Running the cells of a submission in IPython's shell, as a notebook would run them.

A failing cell is reported and the rest goes on. ``exit()`` ends the run. What only works in front of a screen is
made harmless: ``input()`` fails at once, shell commands and installations do nothing, figures open no windows.
"""

import builtins
import linecache
import re
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from IPython.utils.capture import capture_output

from .otter_stub import silent_otter

#: Characters of printed output that are kept of one cell.
OUTPUT_LIMIT = 10_000

#: Characters that are kept of an error's text.
ERROR_LIMIT = 500


def new_shell() -> InteractiveShell:
    """Return IPython's shell of this process, without history or configuration files."""
    shell = InteractiveShell.instance()
    if shell.history_manager is not None:
        shell.history_manager.enabled = False
    return shell


def run_cells(shell: InteractiveShell, cells: list[str]) -> list[dict[str, Any]]:
    """Run all cells, and return a record of each that was run.

    Args:
        shell: the shell; afterwards its ``user_ns`` holds what the cells defined.
        cells: source of the code cells, magics included.

    Returns:
        One dictionary a cell: ``cell`` (its number, from 1), ``output`` (what it printed, clipped), ``error`` (type
        and text, or None), ``line`` (where in the cell, or None) and ``ended`` (whether it ended the whole run).
    """
    _tame(shell)
    records: list[dict[str, Any]] = []
    with silent_otter():
        for number, source in enumerate(cells, 1):
            records.append(_run_cell(shell, number, source))
            if records[-1]["ended"]:
                break
    np.seterr(**_NUMPY_DEFAULTS)
    warnings.resetwarnings()
    return records


#: numpy's own reaction to floating-point errors; what a notebook made of it is undone after its cells.
_NUMPY_DEFAULTS: dict[str, Any] = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def _run_cell(shell: InteractiveShell, number: int, source: str) -> dict[str, Any]:
    with capture_output(display=False) as captured:
        try:
            result = shell.run_cell(source, store_history=False)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # an interruption that comes just before or after the cell itself
            error = caught
    record: dict[str, Any] = {"cell": number, "output": _clip(captured.stdout, OUTPUT_LIMIT), "error": None}
    record |= {"line": None, "ended": isinstance(error, SystemExit)}
    if error is not None and not record["ended"]:
        record["error"] = _clip(f"{type(error).__name__}: {error}", ERROR_LIMIT)
        record["line"] = _line_of(error)
    return record


def _line_of(error: BaseException) -> int | None:
    """The line of the cell where an error came from."""
    if isinstance(error, SyntaxError):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in linecache.cache and ("ipykernel" in name or name.startswith("<ipython")):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]} ... ({len(text) - limit} more characters)"


def describe_failures(records: list[dict[str, Any]]) -> str:
    """Tell the student which cells failed, in a few lines; empty if none did."""
    lines = []
    for record in records:
        if record["ended"]:
            lines.append(f"Cell {record['cell']} ended the run with exit(); the cells after it were not run.")
        elif record["error"]:
            where = f", line {record['line']}" if record["line"] else ""
            lines.append(f"Cell {record['cell']}{where}: {record['error']}")
    if not lines:
        return ""
    more = [f"... and {len(lines) - 20} more."] if len(lines) > 20 else []
    return "\n".join(["These code cells failed when the submission was run:", *lines[:20], *more])


def _tame(shell: InteractiveShell) -> None:
    """Replace what would wait for a person, open a window, or change the machine."""
    builtins.input = _no_input
    shell.user_ns.update(exit=_stop, quit=_stop)
    for name in ("matplotlib", "pip", "conda", "mamba", "uv", "gui"):
        shell.register_magic_function(_ignored, "line", name)
    shell.register_magic_function(_once(shell), "line_cell", "timeit")
    shell.system = shell.system_raw = shell.system_piped = _no_command  # type: ignore[method-assign]
    shell.showtraceback = shell.showsyntaxerror = _nothing  # type: ignore[method-assign]
    for name in ("bash", "sh", "script", "ksh", "zsh", "cmd", "perl", "ruby", "js", "javascript", "system", "sx", "!"):
        shell.register_magic_function(_not_run, "cell", name)
    shell.getoutput = lambda *_, **__: []  # type: ignore[method-assign, assignment]
    select_figure_formats(shell, {"png"})


def _no_input(prompt: object = "") -> NoReturn:
    raise EOFError("input() cannot be answered while grading")


def _stop(*_: object) -> NoReturn:
    raise SystemExit


def _ignored(line: str) -> None:
    """Do nothing."""


def _nothing(*_: Any, **__: Any) -> None:
    """Nobody reads the traceback; of a recursion it takes a minute to format."""


def _not_run(line: str, cell: str) -> None:
    _no_command(cell)


def _no_command(command: str) -> None:
    print(f"[not run while grading: {command}]")


_TIMEIT_OPTIONS = re.compile(r"^\s*(?:-(?:[nrp]\s*\d+|v\s*\w+|[tcqo]+)(?:\s+|$))*")


def _once(shell: InteractiveShell) -> Callable[[str, str | None], None]:
    """``%timeit`` that runs its statement once."""

    def timeit(line: str, cell: str | None = None) -> None:
        first = _TIMEIT_OPTIONS.sub("", line)
        exec(shell.transform_cell(first if cell is None else f"{first}\n{cell}"), dict(shell.user_ns))

    return timeit
