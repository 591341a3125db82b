"""Layers of the wall that the kernel or the container refuses: what is reported, and what stays closed."""

import ctypes
import errno
import json
import os
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox.users import borrowed_user
from autograder.student import confinement, landlock, seccomp, system
from autograder.student.confinement import Confinement, ConfinementError
from autograder.wire import schema
from tests.support.corpus import ROOT

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to lose")
needs_seccomp = pytest.mark.skipif(not seccomp.AVAILABLE, reason="libseccomp is not installed")

_DAC_READ_SEARCH, _SETGID, _SETUID, _SYS_PTRACE = 2, 6, 7, 19
_PR_GET_DUMPABLE, _PR_SET_SECCOMP = 3, 22
_LANDLOCK_CREATE_RULESET = 444

LIMITS = schema.Limits(cpu_seconds=60, memory=2**34, file_size=2**20, files=200, processes=50)


def in_a_child(action: Callable[[socket.socket], Any]) -> Any:
    """What an action tells, or the text of its error. It runs in a process of its own, and may replace its channel."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            theirs, told = action(theirs)
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        theirs.sendall(json.dumps(told).encode())
        os._exit(0)
    theirs.close()
    with ours, ours.makefile("rb") as stream:
        told = json.loads(stream.read())
    os.waitpid(child, 0)
    return told


def drop(*capabilities: int) -> None:
    """Give up some of root's capabilities."""
    libc = ctypes.CDLL(None, use_errno=True)
    head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(head, sets) == 0
    kept = 0xFFFFFFFF ^ sum(1 << number for number in capabilities)
    for index in range(3):
        sets[index] &= kept
    assert libc.capset(head, sets) == 0


def refuse_seccomp() -> None:
    """Have the kernel refuse every further filter."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "seccomp")
    rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "prctl", pyseccomp.Arg(0, pyseccomp.EQ, _PR_SET_SECCOMP))
    rules.load()


def refuse_landlock(number: int) -> None:
    """Have the kernel refuse Landlock with this error."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(pyseccomp.ERRNO(number), _LANDLOCK_CREATE_RULESET)
    rules.load()


def python_for_all() -> None:
    """As if every user could enter the folders of the interpreter and its libraries."""
    confinement._libraries = set


def confined(*before: Callable[[], None]) -> tuple[list[str], list[str], int]:
    """The layers of a confined process, those that are missing, and whether other processes may look into it."""
    with borrowed_user() as user, tempfile.TemporaryDirectory() as folder:
        assert user is not None
        os.chmod(folder, 0o711)
        scratch = Path(folder, "scratch")
        scratch.mkdir()
        os.chown(scratch, user, user)
        spawn = schema.Spawn(user=user, scratch=str(scratch), secrets=[], limits=LIMITS)

        def enter(channel: socket.socket) -> tuple[socket.socket, Any]:
            for step in before:
                step()
            channel, found = Confinement(str(ROOT)).enter(spawn, channel)
            return channel, [found.layers, found.missing, ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)]

        layers, missing, open_to_others = in_a_child(enter)
    return layers, missing, open_to_others


def without_tracing() -> None:
    """As root in a container."""
    drop(_SYS_PTRACE)


@needs_root
@needs_seccomp
@pytest.mark.skipif(not landlock.version(), reason="the kernel has no Landlock")
def test_a_process_can_be_measured_only_behind_a_filter() -> None:
    """Root without the right to look into processes can look into this one, unless no filter keeps others away."""
    layers, missing, open_to_others = confined(without_tracing)
    assert ("seccomp" in layers, missing, open_to_others) == (True, [], 1)
    layers, missing, open_to_others = confined(without_tracing, refuse_seccomp)
    assert "seccomp" not in layers
    assert [text.rpartition(":")[0] for text in missing] == ["seccomp: refused by the kernel"]
    assert not open_to_others


@needs_root
@needs_seccomp
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM])
def test_a_machine_without_landlock(number: int) -> None:
    """Whether kernel, boot options or container: the other layers confine, and the report names the missing one."""
    layers, missing, _ = confined(partial(refuse_landlock, number), python_for_all)
    assert missing == ["Landlock: the kernel has none, or it is switched off"]
    assert [layer.split()[0] for layer in layers if not layer.startswith("no view")] == ["limits", "user", "seccomp"]


@needs_root
@needs_seccomp
def test_python_in_a_closed_folder_without_landlock(tmp_path: Path) -> None:
    """The right to read everywhere would not be limited, so nothing runs, and the reason names the folder."""
    closed = tmp_path / "closed"
    (closed / "lib").mkdir(parents=True)
    closed.chmod(0o700)

    def enter(channel: socket.socket) -> tuple[socket.socket, Any]:
        refuse_landlock(errno.ENOSYS)
        confinement._libraries = lambda: {str(closed / "lib")}
        spawn = schema.Spawn(user=60_000, scratch=str(tmp_path), secrets=[], limits=LIMITS)
        return Confinement(str(ROOT)).enter(spawn, channel)[0], "confined"

    told = in_a_child(enter)
    shut = next(part for part in [*reversed(closed.parents), closed] if not part.stat().st_mode & 0o001)
    assert told.startswith(f"ConfinementError: other users cannot enter {shut}, which holds Python or its libraries")


def changing_user(*capabilities: int, keep_reading: bool) -> Any:
    """What happens when root without some capabilities changes to another user."""

    def change(channel: socket.socket) -> tuple[socket.socket, Any]:
        drop(*capabilities)
        confinement._change_user(60_000, keep_reading)
        return channel, os.getresuid()

    return in_a_child(change)


@needs_root
def test_a_root_that_may_not_change_its_user_is_told_why() -> None:
    """The reason names the capabilities and the option of Docker that takes them away."""
    assert changing_user(keep_reading=False) == [60_000] * 3
    for lost in (_SETGID, _SETUID):
        told = changing_user(lost, keep_reading=False)
        assert told.startswith("ConfinementError: cannot become user 60000: root lacks CAP_SETUID or CAP_SETGID here")


@needs_root
def test_capabilities_that_cannot_be_given_up() -> None:
    """A process that cannot keep the one right to read does not go on with whatever rights it has."""
    told = changing_user(_DAC_READ_SEARCH, keep_reading=True)
    assert told == "ConfinementError: cannot give up capabilities: Operation not permitted"


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EINVAL, "this user id does not exist in this container"), (errno.EAGAIN, "unavailable")]
)
def test_other_reasons_why_a_user_cannot_be_changed(number: int, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told in words of ours if we know more than the kernel, and in the kernel's otherwise."""

    def refused(_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "setgroups", refused)
    with pytest.raises(ConfinementError, match=f"cannot become user 60000: .*{told}"):
        confinement._change_user(60_000, False)


@needs_seccomp
def test_a_call_that_the_library_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left out of the filter, which refuses the others."""
    monkeypatch.setattr(seccomp, "_REFUSED", ["call_of_the_future", "mkdir", "mkdirat"])

    def make(channel: socket.socket) -> tuple[socket.socket, Any]:
        problem = seccomp.enter(seccomp.build(same_user=False))
        try:
            os.mkdir(tmp_path / "new")
        except OSError as error:
            return channel, [problem, error.errno]
        return channel, [problem, 0]

    assert in_a_child(make) == ["", errno.EPERM]


def test_our_own_package_among_the_installed_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages beside it can be read; neither it nor pip's files for it can, nor a folder with only those."""
    place = tmp_path / "site-packages"
    for name in ("autograder", "rnn_autograder-1.dist-info", "numpy"):
        (place / name / "inner").mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(place)])
    found = [path for path in confinement._readable(place) if Path(path).is_relative_to(tmp_path)]
    assert found == [str(place / "numpy")]


def test_rights_where_the_kernel_does_not_tell_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process that cannot read what it may do may do nothing special."""
    status = tmp_path / "status"
    monkeypatch.setattr(system, "Path", lambda _: status)
    assert not system.has_capability(_SYS_PTRACE)
    status.write_text("Name: python\n", encoding="ascii")
    assert not system.has_capability(_SYS_PTRACE)
    status.write_text("Name: python\nCapEff: 0000000000080000\n", encoding="ascii")
    assert system.has_capability(_SYS_PTRACE)
    assert not system.has_capability(_SETUID)
