"""Running the cells of a submission in IPython's shell, as a notebook would run them.

If a statement fails, we report it and run the rest. ``exit()`` ends the run. Features that need a person at a screen
are made harmless: see ``magics`` and ``backends``.
"""

import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from IPython.core.pylabtools import select_figure_formats
from traitlets.config import Config

from ..wire import schema
from .backends import only_agg
from .clock import TooSlow, interruptible
from .magics import tame
from .otter_stub import silence_otter
from .printing import Outputs
from .room import Descriptors, limited
from .statements import StatementShell
from .tracing import Cells


def new_shell() -> StatementShell:
    """Return this process's IPython shell, made harmless, without history or configuration files."""
    config = Config()
    config.HistoryManager.enabled = False
    config.IPKernelApp.parent_appname = "ipython-notebook"  # some code checks this to see if it runs in a notebook
    shell: StatementShell = StatementShell.instance(config=config)
    tame(shell)
    select_figure_formats(shell, {"png"})
    silence_otter()
    only_agg()
    return shell


def run_cells(shell: StatementShell, order: schema.Run, cells: Cells, tell: Callable[[schema.Cell], None]) -> None:
    """Run all cells, and report each one after it has run.

    Args:
        shell: the shell. Afterwards its ``user_ns`` holds what the cells defined.
        order: the sources (magics included), and the numbers of cells to skip.
        cells: learns which code belongs to which cell.
        tell: called with a record of each cell.
    """
    shell.prepare(cells)
    cells.begin(order.cells)
    sys.argv = [str(shell.user_ns.get("__file__", order.name))]
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # nothing to read: the input is at its end
    outputs, descriptors = Outputs(), Descriptors()
    armed = interruptible()
    for number, source in enumerate(order.cells, 1):
        if number in order.skip:
            cells.left_out(number)
            continue
        with limited(descriptors.allowed(_SHARE)):
            record = _run_cell(shell, number, source, armed, outputs)
        tell(record)
        if record.ended:
            break
    np.seterr(**_NUMPY_DEFAULTS)
    warnings.resetwarnings()


#: The share of all descriptors that the cells may use. The rest is for functions.
_SHARE = 0.75

#: numpy's default reaction to floating-point errors. We restore it after the cells have run.
_NUMPY_DEFAULTS: dict[str, Any] = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def _run_cell(shell: StatementShell, number: int, source: str, armed: list[bool], outputs: Outputs) -> schema.Cell:
    cells = shell.cells
    cells.current = number
    shell.failures = []
    with outputs.printed() as output:
        try:
            armed[0] = True
            result = shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # an interruption just before or after the cell itself
            error = caught
        armed[0] = False
    cells.learn(number)
    ended = error is not None and cells.ends_run(error)
    failures = shell.failures
    if error is not None and not ended:
        failure = cells.failure(error)
        failures = [*failures[:19], failure]
        cells.lose_rest(failure)
    if ended:
        cells.ended()
    return schema.Cell(
        number=number, output=output.text(), failures=failures, ended=ended, slow=isinstance(error, TooSlow)
    )
