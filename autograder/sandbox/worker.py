"""The processes of one submission, from our end: keeper, worker, and the copies that answer for test cases."""

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import SandboxError
from ..wire import schema
from ..wire.frames import Closed, Late, Receiver, WireError, decoder, receive, send, send_with
from .parent import Libraries, Sandbox, make_scratch
from .submission import Submission
from .usage import TooMuch, check_usage
from .users import borrowed_user

#: Seconds that our own part of the student's side may take: to confine itself, to end processes.
_PATIENCE = 30.0

_from_worker: Callable[[bytes], schema.FromWorker] = decoder(schema.FromWorker)  # type: ignore[arg-type]
_from_keeper = decoder(schema.Kept)
decode_reply = decoder(schema.Reply)

#: Bytes of answers that are taken at once.
_AHEAD = 64 * 2**10

#: Parts of the files of a submission, in bytes, in a frame each.
_PART = 200 * 2**20


class Worker:
    """A worker and its keeper."""

    def __init__(self, keeper: socket.socket, channel: socket.socket, scratch: Path) -> None:
        self.keeper, self.channel, self.scratch = keeper, channel, scratch
        self.lost = False
        """Whether the keeper does not answer any more."""
        self.confined: schema.Confined | None = None
        self.kept: schema.Kept | None = None

    def wait_until_confined(self, sandbox: Sandbox) -> None:
        """Hear what is in force, before any code of the student is there.

        Raises:
            SandboxError: files of ours can be read from inside, or the processes did not come up.
        """
        try:
            confined = _from_worker(receive(self.channel, time.monotonic() + _PATIENCE))
        except (Closed, Late, WireError) as error:
            raise SandboxError(
                f"the processes of a submission cannot be started: is the machine full?\n{sandbox.errors()}"
            ) from error
        assert isinstance(confined, schema.Confined)
        self.confined = confined
        if confined.readable:
            raise SandboxError(
                f"student code could read {confined.readable[0]} here ({'; '.join(confined.missing) or 'modes'}); "
                "'autograder doctor' says what this machine lacks, and 'otter grade' runs submissions in Docker"
            )

    def run(
        self, submission: Submission, names: Sequence[str], skip: list[int], seconds: float, deadline: float
    ) -> Iterator[schema.Cell | schema.Ready]:
        """Run the cells; yields a record of each, and of the end of all.

        Raises:
            Closed, Late, WireError: the worker ended, does not answer, or talks nonsense.
            TooMuch: it fills the disk.
        """
        self.channel.settimeout(max(deadline - time.monotonic(), 0.01))  # for each frame, however busy the machine is
        for name, content in submission.files.items():
            send(self.channel, schema.File(name, content[:_PART]))
        cells = [cell.encode("utf-8", "replace").decode("utf-8") for cell in submission.cells]  # lone surrogates
        order = schema.Run(
            name=submission.name, functions=list(names), cells=cells, skip=skip, seconds=seconds, seed=submission.seed
        )
        send(self.channel, order)
        while True:
            event = _from_worker(receive(self.channel, deadline, meanwhile=self._watch))
            if isinstance(event, schema.Confined):
                raise WireError("out of turn")
            yield event
            if isinstance(event, schema.Ready):
                return

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
        return Copy(ours, self._watch)

    def _watch(self) -> None:
        check_usage(self.scratch)

    def prune(self) -> None:
        """End all processes but the worker; when this returns they are gone."""
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


class Copy:
    """A process that answers the calls of test cases."""

    def __init__(self, channel: socket.socket, watch: Callable[[], None]) -> None:
        self.channel, self._watch = channel, watch
        self._receiver = Receiver(channel, ahead=_AHEAD)

    def send(self, orders: list[schema.Order], deadline: float) -> None:
        """Ask for calls, which are made one after the other.

        Raises:
            Closed: the copy ended, or does not listen.
        """
        self.channel.settimeout(max(deadline - time.monotonic(), 0.01))
        send(self.channel, schema.Orders(orders))

    def receive(self, deadline: float) -> bytes:
        """Wait for the reply to the next call, to be decoded.

        Raises:
            Closed, Late, WireError: the copy ended, does not answer, or sends too much.
            TooMuch: it fills the disk.
        """
        return self._receiver.receive(deadline, meanwhile=self._watch)

    def close(self) -> None:
        """Let the copy end by itself."""
        self.channel.close()


@contextmanager
def started_worker(sandbox: Sandbox, libraries: Libraries = ()) -> Iterator[Worker]:
    """Start the processes of a submission, and end them after the block, whatever happens.

    Args:
        sandbox: where.
        libraries: what the submission needs beside what every submission needs.

    Raises:
        SandboxError: they cannot be started, or are not confined well enough.
    """
    with borrowed_user() as user:
        worker = _start(sandbox, user, libraries)
        try:
            yield worker
        finally:
            _finish(worker, sandbox, libraries)


def _start(sandbox: Sandbox, user: int | None, libraries: Libraries) -> Worker:
    """Start a worker; once more with another keeper, should somebody have ended the first one at that moment."""
    for attempt in range(2):
        scratch = make_scratch(user)
        try:
            worker = Worker(*sandbox.spawn(user, scratch, libraries), scratch)
        except BaseException:
            os.rmdir(scratch)
            raise
        try:
            worker.wait_until_confined(sandbox)
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
        worker.keeper.close()  # then it ends everything by itself
    else:
        sandbox.give_back(worker.keeper, libraries)
    if worker.lost and worker.scratch.exists():  # else the keeper has removed it
        shutil.rmtree(worker.scratch, ignore_errors=True)


__all__ = ["Copy", "TooMuch", "Worker", "decode_reply", "started_worker"]
