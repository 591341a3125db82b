"""The processes of one submission, from our end: keeper and worker. ``copies`` has those that answer test cases."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import SandboxError
from ..student.folders import remove
from ..wire import schema
from ..wire.frames import Closed, Late, Receiver, WireError, decoder, receive, send, send_with
from .clocks import Clock
from .copies import Copy
from .machine import OTTER_GRADE, check_room, what_is_missing
from .parent import OUT_OF_PROCESSES, Libraries, Sandbox, make_scratch
from .submission import Submission
from .text import as_text
from .usage import PAUSE, USUAL, Bounds, Meter
from .users import borrowed_user

#: Seconds that our own code on the student's side may take to confine itself or to end processes.
_PATIENCE = 30.0

_from_worker: Callable[[bytes], schema.FromWorker] = decoder(schema.FromWorker)  # type: ignore[arg-type]
_from_keeper = decoder(schema.Kept)

#: The layers that keep a process away from other users' files.
_GUARDS = ("Landlock", "user")

_WAYS = f"'autograder doctor' checks this machine. {OTTER_GRADE}"
#: When the time for all cells is up, each further cell gets this many seconds.
AGAIN = 1.0

#: The most bytes of records of cells to receive. A thousand cells that print all they may print send a third of it.
_MOST_RECORDED = 64 * 2**20
#: The most bytes of each file to send.
_PART = 200 * 2**20


class Worker:
    """A worker and its keeper."""

    def __init__(self, keeper: socket.socket, channel: socket.socket, scratch: Path) -> None:
        self.keeper, self.channel, self.scratch = keeper, channel, scratch
        self.lost = False
        """Whether the keeper has stopped answering."""
        self.confined: schema.Confined | None = None
        self.meter: Meter | None = None
        self.kept: schema.Kept | None = None

    def wait_until_confined(self, sandbox: Sandbox, user: int | None, bounds: Bounds) -> None:
        """Wait for the report of what is in force. No student code has been sent yet.

        Args:
            sandbox: the sandbox that it was started in.
            user: the user that its processes run as.
            bounds: what they may use.

        Raises:
            SandboxError: student code could read our files, or the processes did not start.
        """
        try:
            confined = _from_worker(receive(self.channel, time.monotonic() + _PATIENCE))
        except (Closed, Late, WireError) as error:
            raise SandboxError(
                f"the processes of a submission cannot be started{sandbox.last_error()}: {OUT_OF_PROCESSES}"
            ) from error
        assert isinstance(confined, schema.Confined)
        self.confined = confined
        if confined.refused:
            raise SandboxError(f"student code cannot be confined here: {confined.refused}. {what_is_missing()} {_WAYS}")
        self.meter = Meter(confined.keeper, confined.worker, user, self.scratch, bounds)
        if confined.readable:
            where = f"{confined.readable[0]} here ({'; '.join(confined.missing) or 'modes'})"
            raise SandboxError(f"student code could read {where}. {what_is_missing()} {_WAYS}")
        if sandbox.confine and not any(layer.startswith(_GUARDS) for layer in confined.layers):
            raise SandboxError(f"nothing here keeps student code from your files. {what_is_missing()} {_WAYS}")

    def run(
        self, submission: Submission, names: Sequence[str], skip: list[int], seconds: float, clock: Clock
    ) -> Iterator[schema.Cell | schema.Ready]:
        """Run the cells; yield a record of each, and one when all have run.

        Args:
            submission: the submission.
            names: the names of the functions that will be called.
            skip: the numbers of cells to leave out.
            seconds: the time after which a running cell is interrupted.
            clock: the time after which the processes are ended.

        Raises:
            Closed, Late, WireError: the worker ended, does not answer, or sends something invalid.
            TooMuch: it exceeds a limit.
        """
        self.channel.settimeout(max(clock.until() - time.monotonic(), 0.01))  # for each frame
        for name, content in submission.files.items():
            send(self.channel, schema.File(as_text(name), content[:_PART]))
        cells = [cell.encode("utf-8", "replace").decode("utf-8") for cell in submission.cells]  # lone surrogates
        name = as_text(submission.name)
        order = schema.Run(name=name, functions=list(names), cells=cells, skip=skip, seed=submission.seed)
        send(self.channel, order)
        watch = _Interrupter(self, seconds, clock)
        receiver = Receiver(self.channel)
        self._meter.begin()
        room = _MOST_RECORDED
        while True:
            body = receiver.receive(clock.until, pause=PAUSE, meanwhile=watch)
            room -= len(body)
            event = _from_worker(body)
            if isinstance(event, schema.Confined) or room < 0:
                raise WireError("out of turn, or too much")
            if isinstance(event, schema.Ready):
                self._meter.settle()
            yield event
            if isinstance(event, schema.Ready):
                return

    @property
    def _meter(self) -> Meter:
        assert self.meter is not None
        return self.meter

    def fork(self) -> "Copy":
        """Fork a copy of the worker that answers calls.

        Raises:
            Closed: the worker is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.channel.settimeout(_PATIENCE)
                send_with(self.channel, schema.Fork(), [theirs])
            except Closed:
                ours.close()
                raise
        return Copy(ours, self._meter)

    @property
    def abandoned(self) -> bool:
        """Whether the keeper has ended. No confined submission can cause that."""
        try:
            self.keeper.setblocking(False)
            return not self.keeper.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def prune(self) -> None:
        """End all processes except the worker. When this returns, they are gone."""
        try:
            self.keeper.settimeout(_PATIENCE)
            send(self.keeper, schema.Prune())
            self.lost = self.lost or not self.keeper.recv(1)
        except (OSError, Closed):
            self.lost = True

    def end(self) -> None:
        """End all processes and remove their files."""
        with suppress(OSError):
            self.channel.close()
        try:
            self.keeper.settimeout(_PATIENCE)
            send(self.keeper, schema.End())
            self.kept = _from_keeper(receive(self.keeper, time.monotonic() + _PATIENCE))
        except (OSError, Closed, Late, WireError):
            self.lost = True


class _Interrupter:
    """Measures the processes while the cells run, and interrupts them when their time is up."""

    def __init__(self, worker: Worker, seconds: float, clock: Clock) -> None:
        assert worker.confined is not None
        self._process, self._meter = worker.confined.worker, worker._meter
        self._next, self._clock = seconds, clock

    def __call__(self) -> None:
        self._clock.count(self._meter.look())
        if self._clock.spent >= self._next:
            self._next = self._clock.spent + AGAIN
            with suppress(OSError):
                os.kill(self._process, signal.SIGALRM)


@contextmanager
def started_worker(sandbox: Sandbox, libraries: Libraries = (), bounds: Bounds = USUAL) -> Iterator[Worker]:
    """Start the processes of a submission, and always end them after the block.

    Args:
        sandbox: the sandbox to start them in.
        libraries: extra libraries that this submission needs.
        bounds: what it may use.

    Raises:
        SandboxError: they cannot be started, or are not confined well enough.
    """
    with borrowed_user() as user:
        worker = _start(sandbox, user, libraries, bounds)
        try:
            yield worker
        finally:
            _finish(worker, sandbox, libraries)


def _start(sandbox: Sandbox, user: int | None, libraries: Libraries, bounds: Bounds) -> Worker:
    """Start a worker. Try again with another keeper if somebody ended the first one at that moment."""
    check_room()
    for attempt in range(2):
        scratch = make_scratch(user)
        try:
            worker = Worker(*sandbox.spawn(user, scratch, libraries, bounds), scratch)
        except BaseException:
            os.rmdir(scratch)
            raise
        try:
            worker.wait_until_confined(sandbox, user, bounds)
        except BaseException as error:
            _finish(worker, sandbox, libraries)
            if attempt or worker.confined or not isinstance(error, SandboxError):
                raise
        else:
            break
    return worker


def _finish(worker: Worker, sandbox: Sandbox, libraries: Libraries) -> None:
    worker.end()
    if worker.lost:
        worker.keeper.close()  # the keeper then ends everything on its own
    else:
        sandbox.give_back(worker.keeper, libraries)
    if worker.lost and worker.scratch.exists():  # otherwise the keeper has removed it
        remove(str(worker.scratch))
