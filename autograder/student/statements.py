"""An IPython shell that continues after a statement that fails, and notes what was left out."""

import builtins
import sys
from contextlib import suppress
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from ..wire.failures import Failure
from .guards import CALLED, guard, names_bound
from .tracing import Cells

#: The most failures to report for one cell. More would not help anybody.
_MOST_FAILURES = 20


class StatementShell(InteractiveShell):
    """Runs the statements of a cell one by one.

    Call ``prepare`` before running a cell. Afterwards, ``failures`` holds the failures of that cell.
    """

    cells: Cells
    failures: list[Failure]

    def prepare(self, cells: Cells) -> None:
        """Get ready for the cells of a submission."""
        self.cells = cells
        self.failures = []
        setattr(builtins, CALLED, self._left_out)

    def transform_ast(self, node: Any) -> Any:
        """Apply the transformers that the cells have registered, then add guards.

        The guards are not such a transformer: after those, IPython numbers the lines of the whole tree again, which
        takes as long as reading the cell.
        """
        tree = super().transform_ast(node)  # type: ignore[no-untyped-call]
        with suppress(RecursionError):
            guard(tree)
        return tree

    async def run_ast_nodes(
        self, nodelist: list[Any], cell_name: str, interactivity: str = "last_expr", compiler: Any = compile,
        result: Any = None,
    ) -> bool:  # fmt: skip
        """Run the statements of a cell; return whether the cell ended before the last one."""
        for position, node in enumerate(nodelist, 1):
            how = interactivity if position == len(nodelist) or interactivity == "all" else "none"
            failed = await super().run_ast_nodes([node], cell_name, how, compiler, result)
            if failed and not self._passed_over(node, result):
                return True
        return False

    def _passed_over(self, node: Any, result: Any) -> bool:
        """Note that a statement failed, and return whether to run the next one. At the end of a run, do neither."""
        error = result and (result.error_before_exec or result.error_in_exec)
        exits = isinstance(error, SystemExit) and not self.cells.ends_run(error)
        if not (isinstance(error, Exception) or exits) or isinstance(error, MemoryError):
            return False
        self._note(error, names_bound(node))
        result.error_before_exec = result.error_in_exec = None
        return True

    def _left_out(self, names: str) -> None:
        """Note that a guarded statement failed. Called while its error is being handled."""
        error = sys.exception()
        if isinstance(error, MemoryError):
            raise error
        if error is not None:
            self._note(error, names.split(",") if names else [])

    def _note(self, error: BaseException, names: list[str]) -> None:
        failure = self.cells.failure(error)
        self.cells.lose(names, failure)
        if len(self.failures) < _MOST_FAILURES:
            self.failures.append(failure)

    def _format_exception_for_storage(self, exception: Any, *_: Any, **__: Any) -> dict[str, Any]:
        """Format no traceback: nobody reads it, and for a deep recursion it would take a minute."""
        return {"ename": type(exception).__name__, "evalue": "", "traceback": []}
