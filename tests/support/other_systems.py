"""Python as on macOS or Windows, as far as that can be had here: a module takes away what is missing there."""

import os
import sys
from pathlib import Path

#: What asks for the system when it is imported, so that it has to be imported before the system's name changes: in any
#: command, and in one that runs cells.
_ALWAYS = (
    "asyncio, concurrent.futures, ctypes.util, multiprocessing.process, platform, selectors, shutil, subprocess, "
    "tempfile, uuid, webbrowser, click, rich.progress"
)
_TO_RUN_CELLS = "IPython.core.interactiveshell, matplotlib.pyplot, nbformat"

_WINDOWS = """
import os, signal, socket, sys
for module in ("fcntl", "grp", "pwd", "resource", "termios", "syslog", "landlockpy", "pyseccomp"):
    sys.modules[module] = None
for module, names in (
    (os, "fork forkpty geteuid getuid statvfs sysconf chown setsid killpg memfd_create pidfd_open eventfd"),
    (signal, "SIGALRM SIGKILL SIGHUP setitimer ITIMER_REAL pthread_sigmask pthread_kill"),
    (socket, "AF_UNIX SCM_RIGHTS send_fds recv_fds"),
):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
"""

_MACOS = """
import os, sys
for module in ("landlockpy", "pyseccomp"):
    sys.modules[module] = None
for name in ("memfd_create", "pidfd_open", "eventfd", "sched_getaffinity", "sched_setaffinity"):
    if hasattr(os, name):
        delattr(os, name)
"""

SYSTEMS = {"win32": _WINDOWS, "darwin": _MACOS}


def environment(system: str, folder: Path, cells: bool = True) -> dict[str, str]:
    """The variables with which Python takes itself for one on another system.

    Args:
        system: what ``sys.platform`` says there.
        folder: where the module may be written.
        cells: whether the command runs cells.
    """
    folder.mkdir(exist_ok=True)
    before = f"{_ALWAYS}, {_TO_RUN_CELLS}" if cells else _ALWAYS
    module = f"import gc\ngc.set_threshold(10_000)\nimport {before}\n{SYSTEMS[system]}\nsys.platform = {system!r}\n"
    (folder / "sitecustomize.py").write_text(module, encoding="utf-8")
    paths = [str(folder), str(Path(__file__).parents[2])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    coded = {"PYTHONIOENCODING": "cp1252"} if system == "win32" else {}
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "MPLBACKEND": "Agg", "COLUMNS": "200"} | coded


def command(*words: str) -> list[str]:
    """A command of ours."""
    return [sys.executable, "-m", "autograder", *words]
