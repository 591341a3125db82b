"""Running the commands of a page in a folder that looks as its reader's does."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.docs.not_run import NOT_RUN
from tests.docs.pages import Block, blocks
from tests.support.corpus import ROOT
from tests.support.selection import write_entry

_LEFT_OUT = shutil.ignore_patterns(".*", "dist", "__pycache__", "hostile")

#: What the reader's class handed in: file names of the pages, and submissions of the corpus.
SUBMISSIONS = {"ada": "multidigraph_curved_edges", "grace": "q3_transposed", "lin": "q4_naive_bce"}


def copy_project(folder: Path) -> Path:
    """Copy the project as a reader gets it, without an environment."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    return folder


def borrow_environment(folder: Path) -> None:
    """Give a copy of the project the environment that runs these tests, as if ``make`` had installed it just now."""
    environment = folder / ".venv"
    environment.mkdir()
    (environment / "bin").symlink_to(Path(sys.executable).parent)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and environment not in path.parents:
            os.utime(path, (0, 0))
    (environment / ".installed").touch()


def hand_in(folder: Path) -> None:
    """Write the class's submissions into a folder ``submissions``."""
    for name, entry in SUBMISSIONS.items():
        written = write_entry(entry, folder / "submissions", form="notebook")
        written.rename(written.with_name(f"{name}.ipynb"))


def run_page(page: str, folder: Path, mark: str = "", replaced: dict[str, str] | None = None) -> str:
    """Run the commands of all blocks of a page that have a mark, and return what they printed."""
    printed = ""
    for block in blocks(page):
        if block.mark == mark:
            printed += run_block(page, block, folder, replaced)
    return printed


def run_block(page: str, block: Block, folder: Path, replaced: dict[str, str] | None = None, **more: str) -> str:
    """Run the commands of one block, but for those that are listed in ``not_run.py``.

    Args:
        page: the page, for that list.
        block: the block.
        folder: where.
        replaced: names on the page that stand for something, and what takes their place.
        **more: further environment variables.

    Returns:
        What they printed.
    """
    wanted = [command for command in block.commands if command not in NOT_RUN.get(page, {})]
    if not wanted:
        return ""
    script = filled("\n".join(wanted), replaced)
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, env=environment(**more), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{page}: {script}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def filled(script: str, replaced: dict[str, str] | None) -> str:
    """Put real names in place of those that stand for something."""
    for name, value in (replaced or {}).items():
        script = script.replace(name, value)
    return script


def environment(**more: str) -> dict[str, str]:
    """The variables of a reader's terminal, with this environment's programs first."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "VIRTUAL"))}
    return kept | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "200"} | more


def borrowed_packages() -> dict[str, str]:
    """Variables that let pip find the packages of this environment, so that it downloads what is missing only."""
    return {
        "PYTHONPATH": sysconfig.get_paths()["purelib"],
        "PIP_NO_BUILD_ISOLATION": "false",  # pip's way to say that there is to be none
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


@contextmanager
def in_background(command: str, folder: Path, log: Path, ready: str, **more: str) -> Iterator[str]:
    """Start a command that does not end on its own, wait until its output says that it is ready, and end it afterwards.

    Args:
        command: the command.
        folder: where.
        log: file for its output.
        ready: a pattern that its output matches once it is ready.
        **more: further environment variables.

    Yields:
        What the pattern matched.
    """
    with log.open("wb") as stream:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=folder, env=environment(**more), stdin=subprocess.DEVNULL,
            stdout=stream, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield _wait_for(log, ready, process)
    finally:
        with suppress(ProcessLookupError):  # it ended on its own, which is reported elsewhere
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(log: Path, pattern: str, process: "subprocess.Popen[bytes]") -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"not ready: {log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
