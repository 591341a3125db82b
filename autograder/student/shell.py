"""Running the cells of a submission in IPython's shell, as a notebook would run them.

A failing cell is reported and the rest goes on. ``exit()`` ends the run. What only works in front of a screen is
made harmless: ``input()`` fails at once, shell commands and installations do nothing, figures open no windows.
"""

import builtins
import re
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import select_figure_formats
from traitlets.config import Config

from ..wire import schema
from .clock import TooSlow, interruptible
from .otter_stub import silence_otter
from .printing import printed
from .room import descriptors_allowed, limited
from .tracing import Cells


def new_shell() -> InteractiveShell:
    """Return IPython's shell of this process, tamed, without history or configuration files."""
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell.instance(config=config)
    _tame(shell)
    silence_otter()
    return shell


def run_cells(shell: InteractiveShell, order: schema.Run, cells: Cells, tell: Callable[[schema.Cell], None]) -> None:
    """Run all cells, and tell of each when it was run.

    Args:
        shell: the shell; afterwards its ``user_ns`` holds what the cells defined.
        order: the sources, magics included, and the numbers of those to skip.
        cells: learns which code belongs to which cell.
        tell: is given a record of each cell.
    """
    armed = interruptible()
    for number, source in enumerate(order.cells, 1):
        if number in order.skip:
            continue
        with limited(descriptors_allowed(_SHARE)):
            record = _run_cell(shell, number, source, armed, cells)
        tell(record)
        if record.ended:
            break
    np.seterr(**_NUMPY_DEFAULTS)
    warnings.resetwarnings()


#: Of all descriptors that there may be, so many are for the cells, and the others for functions.
_SHARE = 0.75

#: numpy's own reaction to floating-point errors; what a notebook made of it is undone after its cells.
_NUMPY_DEFAULTS: dict[str, Any] = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def _run_cell(shell: InteractiveShell, number: int, source: str, armed: list[bool], cells: Cells) -> schema.Cell:
    with printed() as stream:
        try:
            armed[0] = True
            result = shell.run_cell(source, store_history=False)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # an interruption that comes just before or after the cell itself
            error = caught
        armed[0] = False
    cells.learn(number)
    ended = isinstance(error, SystemExit)
    failure = None if error is None or ended else cells.failure(error)
    slow = isinstance(error, TooSlow)
    return schema.Cell(number=number, output=stream.text(), failure=failure, ended=ended, slow=slow)


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
