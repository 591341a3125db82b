"""The commands on the pages that install, in a fresh environment each; packages that are here are not downloaded."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.zips.sources import Sources
from tests.docs.pages import blocks
from tests.docs.running import borrowed_packages, copy_project, environment, filled, in_background, run_block
from tests.support.samples import settings

pytestmark = pytest.mark.slow

PAGES = ("docs/many-machines.md", "docs/own-assignment.md", "docs/written.md")


def test_installing_the_project(tmp_path: Path) -> None:
    """After each page's commands, ``autograder`` is there and is that of the new environment, which is made once."""
    project, packages = copy_project(tmp_path / "project"), borrowed_packages()
    (readme,) = (block for block in blocks("README.md") if block.mark == "install")
    run_block("README.md", readme, project, **packages)
    check_installed(project)
    for page in PAGES:
        (block,) = (block for block in blocks(page) if block.mark == "install")
        assert block.commands[:2] == readme.commands[:2]
        last = replace(block, text="\n".join(block.commands[1:]))
        run_block(page, last, project, {"PATH/TO/THIS/PROJECT": str(project)}, **packages)
        check_installed(project)


def check_installed(folder: Path) -> None:
    """The environment in a folder has the package itself, not a link to it, and the command."""
    python = folder / ".venv" / "bin" / "python"
    where = [str(python), "-c", "import autograder; print(autograder.__file__)"]
    for command, told in (
        (where, str(folder / ".venv")),
        ([str(python.with_name("autograder")), "--version"], "autograder"),
    ):
        done = subprocess.run(
            command, cwd="/", env=environment(**borrowed_packages()), capture_output=True, text=True, check=True
        )
        assert told in done.stdout


def test_students_readme(sources: Sources, tmp_path: Path) -> None:
    """A student's commands install the packages and open the notebook in JupyterLab."""
    page, notebook = "assignment/README.md", f"{settings().assignment_name}.ipynb"
    for name, content in sources.student_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (block,) = (block for block in blocks(page) if block.language == "sh" and not block.mark)
    *installing, opening = block.commands
    assert opening == ".venv/bin/jupyter lab [[ notebook ]]"
    packages = borrowed_packages()
    run_block(page, replace(block, text="\n".join(installing)), tmp_path, **packages)
    program = tmp_path / ".venv" / "bin" / "jupyter"
    if not program.exists():  # its package was here already, and so is the program
        program.symlink_to(Path(sys.executable).with_name("jupyter"))
    config = tmp_path / "config" / "jupyter_server_config.json"
    config.parent.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = {"allow_root": True, "open_browser": False, "port": port, "port_retries": 0}
    config.write_text(json.dumps({"ServerApp": server, "IdentityProvider": {"token": "secret"}}), encoding="utf-8")
    more = packages | {"JUPYTER_CONFIG_DIR": str(config.parent)}
    with in_background(
        filled(opening, {"[[ notebook ]]": notebook}), tmp_path, tmp_path / "log", r"is running", **more
    ):
        address = f"http://127.0.0.1:{port}/api/contents/{notebook}?content=0&token=secret"
        assert _asked(address)["type"] == "notebook"


def _asked(address: str) -> dict[str, Any]:
    """What a server answers, which says that it is running a moment before it listens."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return dict(json.load(answer))
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail(f"nobody listens at {address.partition('?')[0]}")


@pytest.mark.parametrize("solved", [True, False])
def test_checking_before_handing_in(solved: bool, sources: Sources, tmp_path: Path) -> None:
    """A student's last check says that all tests passed, or which did not and why."""
    page, notebook = "assignment/README.md", f"{settings().assignment_name}.ipynb"
    for name, content in sources.student_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / notebook).write_bytes(sources.notebook(solved=solved))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (block,) = (block for block in blocks(page) if block.mark == "check")
    told = run_block(page, block, tmp_path, {"[[ notebook ]]": notebook})
    assert ("All tests passed!" in told) is solved
    assert ("It still contains the stub from the handout." in told) is not solved
