"""Which user a submission gets, and how many processes that user has."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import Sandbox, users
from autograder.sandbox.users import borrowed_user, processes_of
from tests.support.corpus import ROOT

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has users to give away")

#: A user that no submission gets, and hardly another run of these tests.
USER = users.LAST + 10 + 2 * (os.getpid() % 30)


@pytest.fixture
def two_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are only two users to give away, and nobody else gives them away."""
    monkeypatch.setattr(users, "_LOCKS", tmp_path)
    monkeypatch.setattr(users, "FIRST", USER)
    monkeypatch.setattr(users, "LAST", USER + 2)


@contextmanager
def busy_user(threads: int) -> Iterator[int]:
    """A user with one process of this many threads."""
    program = (
        "import ctypes, os, threading, time\n"
        f"os.setgroups([]); os.setresgid({USER}, {USER}, {USER}); os.setresuid({USER}, {USER}, {USER})\n"
        "ctypes.CDLL(None).prctl(4, 1)  # /proc then says that it is this user's\n"
        f"for _ in range({threads - 1}): threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n"
        "print(flush=True); input()"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"\n"
        yield USER
        process.communicate(b"\n")


@pytest.mark.usefixtures("two_users")
def test_users_are_given_once() -> None:
    """Nobody gets a user that somebody has, and a user that was given back is there again."""
    with borrowed_user() as one:
        with borrowed_user() as two:
            assert {one, two} == {USER, USER + 1}
            with (
                pytest.raises(SandboxError, match=f"all user ids from {USER} to {USER + 1} are in use"),
                borrowed_user(),
            ):
                pass
        with borrowed_user() as again:
            assert again == two


def test_users_of_two_graders() -> None:
    """Two graders in separate processes never use the same user."""
    program = "from autograder.sandbox.users import borrowed_user as b\nwith b() as user: print(user, flush=1); input()"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as grader:
        assert grader.stdout
        user = int(grader.stdout.readline())
        with borrowed_user() as one, borrowed_user() as two:
            assert len({user, one, two}) == 3
        grader.communicate("\n")


@pytest.mark.usefixtures("two_users")
def test_users_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """An id that belongs to an account is never given to a submission."""
    account = max(entry.pw_uid for entry in pwd.getpwall())
    monkeypatch.setattr(users, "FIRST", account)
    monkeypatch.setattr(users, "LAST", account + 1)
    with pytest.raises(SandboxError, match="are in use"), borrowed_user():
        pass


@pytest.mark.usefixtures("two_users")
def test_locks_of_somebody_else(tmp_path: Path) -> None:
    """A folder of locks that another user made is not trusted."""
    os.chown(tmp_path, USER, USER)
    with pytest.raises(SandboxError, match=f"{tmp_path} belongs to another user: remove it"), borrowed_user():
        pass
    assert not os.listdir(tmp_path)


def test_processes_of_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux threads count as well, as the kernel counts them; elsewhere they do not."""
    pytest.importorskip("psutil")  # it asks for the system when it is imported
    assert processes_of(USER) == 0
    with busy_user(threads=3) as user:
        assert processes_of(user) == 3
        monkeypatch.setattr(sys, "platform", "darwin")
        assert processes_of(user) == 1


def test_limits_of_an_ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission that shares our user may have 400 processes and threads beside those that the user has already."""
    with busy_user(threads=3) as user, Sandbox() as sandbox:
        assert sandbox.limits.processes < 100
        sandbox.close()
        monkeypatch.setattr(os, "geteuid", lambda: user)
        sandbox.start()
        assert (sandbox.limits.processes, sandbox.limits.spare_processes) == (403, 0)
