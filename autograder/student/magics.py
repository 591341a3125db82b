"""IPython's magics behind the wall. They work as in a notebook if possible; otherwise they are made harmless."""

import builtins
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import import_pylab
from IPython.utils.text import SList

#: Line magics that only set up a display, an installation or a tool.
_IGNORED = (
    "matplotlib pip conda mamba micromamba uv gui load_ext reload_ext unload_ext autoreload aimport config "
    "watermark tensorboard debug pdb logstart logstop colors xmode bookmark store notebook connect_info qtconsole"
).split()

#: Cell magics whose text is not Python for this process. Their cells are not run.
_NOT_PYTHON = (
    "bash sh script ksh zsh cmd perl ruby js javascript system sx ! python python2 python3 pypy cython fortran julia "
    "r sql bigquery octave matlab mojo cuda cpp c html svg latex markdown md file_content shell powershell pwsh "
    "mermaid dot graphviz manim"
).split()

#: The cell magics in that list that IPython itself shows without another process.
_SHOWN_BY_IPYTHON = {"html", "svg", "latex", "markdown", "js", "javascript"}

#: Cell magics that measure their cell. The cell is run like any other.
_MEASURING = "time prun memit mprun lprun scalene snakeviz wandb cell_profiler".split()


def tame(shell: InteractiveShell) -> None:
    """Replace everything that would wait for a person, open a window, start a process, or change the machine."""
    builtins.input = _no_input
    vars(builtins).update(exit=end_run, quit=end_run)
    shell.user_ns.update(exit=end_run, quit=end_run)
    line, cell = shell.magics_manager.magics["line"], shell.magics_manager.magics["cell"]
    line.update(dict.fromkeys(_IGNORED, _ignored))
    line.update(pylab=_pylab(shell), timeit=_once(shell), system=_no_output, sx=_no_output)
    others = [name for name in _NOT_PYTHON if name not in _SHOWN_BY_IPYTHON]
    cell.update(dict.fromkeys([*others, *(name.upper() for name in others)], _not_run))
    cell.update({name: _run_body(shell) for name in _MEASURING}, timeit=_once(shell))
    shell.run_line_magic = _if_known(shell, shell.run_line_magic)  # type: ignore[method-assign]
    shell.run_cell_magic = _cell_if_known(shell, shell.run_cell_magic)  # type: ignore[method-assign]
    shell.system = shell.system_raw = shell.system_piped = _no_command  # type: ignore[method-assign]
    shell.showtraceback = shell.showsyntaxerror = shell.showindentationerror = _nothing  # type: ignore[method-assign]
    shell.db = {}  # %cd and %store keep things there
    shell.getoutput = _no_output  # type: ignore[method-assign, assignment]
    shell.enable_gui = _nothing  # type: ignore[method-assign]
    shell.enable_matplotlib = lambda *_, **__: ("agg", "agg")  # type: ignore[method-assign]


def _if_known(shell: InteractiveShell, run: Callable[..., Any]) -> Callable[..., Any]:
    def run_line_magic(name: str, line: str, _stack_depth: int = 1) -> Any:
        if name in shell.magics_manager.magics["line"]:
            return run(name, line, _stack_depth + 1)
        return _no_command(f"%{name} {line}")

    return run_line_magic


def _cell_if_known(shell: InteractiveShell, run: Callable[..., Any]) -> Callable[..., Any]:
    def run_cell_magic(name: str, line: str, cell: str) -> Any:
        if name in shell.magics_manager.magics["cell"]:
            return run(name, line, cell)
        return _run_body(shell)(line, cell)  # most magics of extensions measure or decorate Python

    return run_cell_magic


def _run_body(shell: InteractiveShell) -> Callable[[str, str], None]:
    """Make a cell magic that runs its cell as if the magic were not there. Lines keep their numbers."""

    def run_body(line: str, cell: str) -> None:
        result = shell.run_cell("\n" + cell)
        if (error := result.error_before_exec or result.error_in_exec) is not None:
            raise error  # an error that ended the magic's cell also ends the outer cell

    return run_body


def _pylab(shell: InteractiveShell) -> Callable[[str], None]:
    """Make a ``%pylab`` that defines its names but opens no window."""

    def pylab(line: str) -> None:
        names: dict[str, Any] = {}
        import_pylab(names, import_all="--no-import-all" not in line)
        names.pop("__builtins__", None)
        shell.user_ns.update(names)

    return pylab


def _no_input(prompt: object = "") -> NoReturn:
    raise EOFError("nobody can answer input() during grading")


def end_run(*_: object) -> NoReturn:
    """Do what ``exit()`` does."""
    raise SystemExit


def _ignored(line: str) -> None:
    """Do nothing."""


def _nothing(*_: Any, **__: Any) -> None:
    """Format no traceback: nobody reads it, and for a deep recursion it would take a minute."""


def _not_run(line: str, cell: str) -> None:
    _no_command(cell)


def _no_command(command: str, *_: Any, **__: Any) -> None:
    print(f"[not run during grading: {command.strip()}]")


def _no_output(command: str = "", *_: Any, **__: Any) -> SList:
    _no_command(f"!{command}")
    return SList()


_TIMEIT_OPTIONS = re.compile(r"^\s*(?:-(?:[nrp]\s*\d+|v\s*\w+|[tcqo]+)(?:\s+|$))*")


def _once(shell: InteractiveShell) -> Callable[[str, str | None], None]:
    """Make a ``%timeit`` that runs its statement once."""

    def timeit(line: str, cell: str | None = None) -> None:
        first = _TIMEIT_OPTIONS.sub("", line)
        with suppress(SyntaxError):
            exec(shell.transform_cell(first if cell is None else f"{first}\n{cell}"), dict(shell.user_ns))

    return timeit
