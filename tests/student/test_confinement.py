"""What the cells of a submission can and cannot do, tested from inside."""

import ast
import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.submission import Submission
from autograder.student import seccomp
from autograder.student.unseen import LAYER
from autograder.wire import schema
from tests.student.probes import CALLS, CLOSED, PROBES
from tests.support.corpus import ROOT
from tests.support.samples import settings

SECRET = "of-the-grading-process"


@dataclass
class Inside:
    """The results of the probes."""

    cells: dict[str, schema.Cell]
    limits: schema.Limits
    layers: str
    user: int | None

    def told(self, name: str) -> Any:
        """The value that a cell printed. The cell must not have failed."""
        cell = self.cells[name]
        assert cell.failures == [], f"{cell.failures}"
        return ast.literal_eval(cell.output)

    def need(self, layer: str) -> None:
        """Skip the test if this machine lacks a layer of the confinement."""
        if layer not in self.layers:
            pytest.skip(f"this machine confines without {layer}: {self.layers}")


def known() -> str:
    """A cell with the facts about this machine that the probes need."""
    numbers = {}
    if seccomp.AVAILABLE:
        import pyseccomp

        for name in CALLS:
            number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
            if number >= 0:
                numbers[name] = number
    closed = [path for path in CLOSED if os.path.exists(path)]
    return f"NUMBERS, CLOSED, ROOT = {numbers!r}, {closed!r}, {str(ROOT)!r}"


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    """Run all probes in one session. The process that starts it has a secret in its environment and in an open file."""
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    patient = settings(cells_seconds=120, total_seconds=300)
    submission = Submission("homework.ipynb", [known(), *PROBES.values()], {"data/values.csv": b"1,2"})
    with pytest.MonkeyPatch.context() as patch, secret.open() as stream:
        os.set_inheritable(stream.fileno(), True)
        patch.setenv("GRADER_TOKEN", SECRET)
        patch.setenv("PYTHONSTARTUP", str(secret))
        with Sandbox(secrets=[secret]) as sandbox, Session(sandbox, submission, (), patient) as session:
            assert session.run_cells(), session.problem
            layers = session.remarks[0]
            user = int(layers.split("user ")[1].split()[0].strip(",")) if "user " in layers else None
            cells = {name: session.cells[number] for number, name in enumerate(PROBES, 2)}
            yield Inside(cells, sandbox.limits, layers, user)


def test_all_cells_are_run(inside: Inside) -> None:
    """Whatever the cells try, the first run reaches the last one."""
    assert inside.cells["last"].output == "reached\n"
    assert [name for name, cell in inside.cells.items() if cell.failures and not cell.failures[0].kind] == []


# ---- what it has


def test_places(inside: Inside) -> None:
    """Home, temporary files and the working directory are in a single folder that belongs to the submission."""
    work, home, same_home, temporary, same_temporary = map(Path, inside.told("places"))
    assert home == same_home
    assert temporary == same_temporary
    assert work.parent == home.parent == temporary.parent
    assert work.parent not in (Path.cwd(), Path.home(), Path("/tmp"))
    assert len({work, home, temporary}) == 3


def test_environment(inside: Inside) -> None:
    """The environment has only harmless variables, and none of their values is a secret."""
    environment = inside.told("environment")
    allowed = set("PATH HOME TMPDIR PWD LANG TZ MPLBACKEND MPLCONFIGDIR IPYTHONDIR PYTHONHASHSEED".split())
    allowed |= {"USER", "LOGNAME", "LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}
    assert {"PATH", "HOME", "TMPDIR"} <= set(environment) <= allowed
    assert SECRET not in str(environment)


def test_descriptors(inside: Inside) -> None:
    """Only the three standard descriptors and the channel to our side are open."""
    assert inside.told("descriptors") == [0, 1, 2, 3]


def test_user(inside: Inside) -> None:
    """If we are root, a submission has its own user and its own group, and no other groups."""
    inside.need("user")
    assert inside.user
    assert inside.told("who") == [(inside.user,) * 3, (inside.user,) * 3, []]


def test_capabilities(inside: Inside) -> None:
    """No capability is left, except the one to read if other users cannot reach the interpreter."""
    (effective, permitted, inherited, *high), ambient = inside.told("capabilities")
    reading = 4 if "may read root's folders" in inside.layers else 0
    assert (effective, permitted, inherited, high) == (reading, reading, 0, [0, 0, 0])
    assert set(ambient) <= {0, -1}
    assert inside.told("no new privileges") == 1


def test_limits(inside: Inside) -> None:
    """All limits are in force, and cannot be raised beyond what is in reserve for our own work."""
    limits, asked = inside.told("limits"), inside.limits
    for name, value in {
        "CPU": asked.cpu_seconds, "AS": asked.memory, "FSIZE": asked.file_size, "NOFILE": asked.files,
        "NPROC": asked.processes,
    }.items():  # fmt: skip
        soft, hard = limits[f"RLIMIT_{name}"]
        spare = {"NPROC": asked.spare_processes, "FSIZE": 2**20}  # files may be as large as what was handed in, too
        assert 0 < soft <= hard <= value + spare.get(name, 0)
        assert soft == hard or name in {"NOFILE", "NPROC"}
        assert hard != resource.RLIM_INFINITY
    assert {limits[f"RLIMIT_{name}"] for name in ("MSGQUEUE", "MEMLOCK")} == {(0, 0)}
    assert limits["RLIMIT_CORE"] == (1, 1)  # then there is no core, and no program of the machine is handed one
    assert inside.told("raised limits") == ["refused"] * 4


# ---- what it cannot do


@pytest.mark.parametrize("name", CALLS)
def test_refused_calls(name: str, inside: Inside) -> None:
    """A system call that no solution needs is refused."""
    inside.need("seccomp")
    calls = inside.told("calls")
    if name not in calls:
        pytest.skip(f"{name} is not known on this machine")
    assert calls[name] == "EPERM"


def test_terminal(inside: Inside) -> None:
    """Nothing can be typed into a terminal."""
    inside.need("seccomp")
    assert inside.told("terminal") == ["EPERM"]


def test_network(inside: Inside) -> None:
    """There are no sockets except pairs of stream sockets, and these cannot reach anything else."""
    inside.need("seccomp")
    assert inside.told("network") == ["EPERM"] * 5
    assert inside.told("pair") == [b"through", "EPERM", "EPERM"]


def test_programs(inside: Inside) -> None:
    """No program can be started."""
    inside.need("seccomp")
    assert set(inside.told("programs")) == {"EPERM"}


def test_reading(inside: Inside) -> None:
    """Only the system and libraries can be read or listed: no processes, accounts, other people's files, or ours."""
    inside.need("Landlock")
    found = inside.told("reading")
    assert len(found) > 15
    assert {path: what for path, what in found.items() if what not in {"EACCES", "ENOENT"}} == {}


def test_other_processes(inside: Inside) -> None:
    """Where /proc can be covered, nobody can see that there are other processes, nor anything of one's own there."""
    inside.need(LAYER)
    found = inside.told("reading")
    processes = {path: what for path, what in found.items() if path.startswith(("/proc/1/", "/proc/self/"))}
    assert len(processes) >= 3
    assert set(processes.values()) == {"ENOENT"}


def test_writing(inside: Inside) -> None:
    """Outside its own folder, a submission cannot create, change, move or link anything."""
    inside.need("Landlock")
    found = inside.told("writing")
    assert len(found) == 11
    assert set().union(*found.values()) <= {"EACCES", "EPERM", "EXDEV"}
    assert set(inside.told("links")) <= {"EACCES", "EPERM", "EXDEV"}


def test_our_modules(inside: Inside) -> None:
    """The test cases, the grader and the reference solution cannot be imported."""
    inside.need("Landlock")
    found = inside.told("ours")
    assert len(found) == 7
    assert set(found.values()) <= {"ImportError", "EACCES"}


# ---- what it can do


def test_scratch(inside: Inside) -> None:
    """In its own folder, a submission can create, move, link, read and remove files."""
    assert inside.told("scratch") == ["text"] * 4


def test_devices(inside: Inside) -> None:
    """The devices for zeros, nothing and random bytes can be used."""
    assert inside.told("devices") == [3, 5, 4, 4, ""]


def test_libraries(inside: Inside) -> None:
    """Modules of the standard library and installed packages can be imported, even if they were not loaded before."""
    assert inside.told("libraries") == [True, 2, 1.0]


def test_plotting(inside: Inside) -> None:
    """Figures can be shown, and saved in several formats."""
    assert inside.told("plotting") == [True, True]


def test_concurrency(inside: Inside) -> None:
    """Threads, coroutines and forks work as in any notebook."""
    assert [inside.told(name) for name in ("threads", "asynchronous", "forks")] == [45, 3, 3]


def test_pools(inside: Inside) -> None:
    """Pools of processes work as in any notebook."""
    assert inside.told("multiprocessing") == [1, 2]
    assert inside.told("process pool") == 1


def test_locks(inside: Inside) -> None:
    """Waiting for a lock or a message ends in time, and giving back what nobody took is an error."""
    assert inside.told("locks") == [False, False, False, True, "ValueError", "AssertionError"]


def test_shared_memory(inside: Inside) -> None:
    """A block is shared by its name until it is unlinked."""
    assert inside.told("shared memory") == [7, "ENOENT", "ENOENT"]


def test_subprocess(inside: Inside) -> None:
    """Starting another program fails with an error in its own cell."""
    inside.need("seccomp")
    (failure,) = inside.cells["subprocess"].failures
    assert failure is not None
    assert failure.kind in {"PermissionError", "OSError"}
