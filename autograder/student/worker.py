"""The worker: a process that runs the cells of one submission, then stands as a checkpoint.

Copies are forked from it, each of which answers calls over a channel of its own until that is closed.
"""

import gc
import os
import random
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from ..wire import schema
from ..wire.facts import Drawing
from ..wire.frames import LIMIT, Closed, WireError, decoder, receive, receive_with, send
from ..wire.holder import Holder
from .forking import close_fonts, run_handlers
from .plain import Converter, type_name
from .printing import printed
from .recording import record
from .room import Folder, descriptors_allowed, limit_processes, limited, more_processes
from .shell import run_cells
from .tracing import Cells

#: New objects before the garbage collector looks at them. Figures are made of many, and these processes live shortly:
#: the usual 700 take 2 to 3 % more processor time (benchmarks/throughput.py).
_GARBAGE = 20_000

#: Drawings that cross of one call.
_MOST_DRAWINGS = 20


class Checkpoint:
    """What the process of a submission does once it is confined."""

    def __init__(self, channel: socket.socket, shell: Any) -> None:
        self.channel, self.shell = channel, shell
        self.cells = Cells()
        self.seed = 0
        self.scratch = Path.cwd().parent
        self.left: Folder | None = None
        self.forked = False

    def work(self) -> None:
        """Do what is asked for, until the channel is closed."""
        while True:
            body, channels = receive_with(self.channel, 1)
            message = _messages(body)
            if isinstance(message, schema.File):
                _write(message)
            elif isinstance(message, schema.Run):
                self._run(message)
            else:
                self._fork(channels)

    def _run(self, order: schema.Run) -> None:
        self.seed = order.seed
        _seed(order.seed)
        folder = Path(order.name).parent
        folder.mkdir(parents=True, exist_ok=True)
        self.shell.user_ns["__file__"] = str(Path(order.name).absolute())
        os.chdir(folder)
        sys.path.insert(0, os.getcwd())
        run_cells(self.shell, order, self.cells, lambda cell: send(self.channel, cell))
        close_fonts()
        self.left = Folder(self.scratch)
        send(self.channel, schema.Ready(functions=self._functions(order.functions)))

    def _functions(self, names: list[str]) -> dict[str, str]:
        space = self.shell.user_ns
        return {
            name: "callable" if callable(space[name]) else type_name(space[name])
            for name in names
            if space.get(name) is not None
        }

    def _fork(self, channels: list[socket.socket]) -> None:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if self.forked and self.left is not None:
            self.left.tidy()
        self.forked = True
        with suppress(OSError), more_processes() as most:  # else our side finds the channel closed
            if os.fork() == 0:
                self._be_copy(channels[0], most)
        for channel in channels:
            channel.close()

    def _be_copy(self, channel: socket.socket, processes: int) -> NoReturn:
        """Answer calls until nobody asks any more. Never returns into the code that forked."""
        with suppress(BaseException):
            if threading.active_count() > 1:
                run_handlers()
            os.setsid()
            self.channel.close()
            limit_processes(processes)
            _seed(self.seed)
            copy = Answerer(channel, self.shell.user_ns, self.cells)
            while True:
                copy.answer()
        os._exit(0)


class Answerer:
    """Answers the calls of test cases."""

    def __init__(self, channel: socket.socket, space: dict[str, Any], cells: Cells) -> None:
        self.channel, self.space, self.cells = channel, space, cells
        self.holders: dict[int, Holder] = {}
        self.kinds: dict[str, type[Holder]] = {}
        self.descriptors = descriptors_allowed()

    def answer(self) -> None:
        """Answer the calls of one message."""
        for order in _batches(receive(self.channel, limit=None)).orders:
            reply = self._prepare(order) if order.prepare else self._answer(order)
            try:
                send(self.channel, reply, LIMIT)
            except WireError:
                send(self.channel, schema.Reply(value=schema.Odd(_TOO_LARGE), failure=reply.failure))
            if order.last and order.holder is not None:
                self.holders.pop(order.holder, None)

    def _answer(self, order: schema.Order) -> schema.Reply:
        holder = None if order.holder is None else self.holders.get(order.holder) or self._new(order)
        given = {name: argument_from(value) for name, value in order.attributes.items()}
        for name, value in given.items():
            setattr(holder, name, value)
        arguments = [argument_from(value) for value in order.arguments]
        (value, drawings), failure, output = self._run(order, holder, arguments)
        convert = Converter()
        # First the arguments and attributes of ours, which are never large.
        return schema.Reply(
            failure=failure,
            arguments=[convert.left(*pair) for pair in zip(arguments[:4], order.arguments, strict=False)],
            attributes={} if holder is None else convert.attributes(holder, order.stored, given, order.attributes),
            value=convert.value(value),
            drawings=sorted(drawings, key=lambda drawing: -len(drawing.texts))[:_MOST_DRAWINGS],
            output=output,
        )

    def _prepare(self, order: schema.Order) -> schema.Reply:
        holder = self._new(order)
        _, failure, output = self._run(order, holder, [argument_from(value) for value in order.arguments])
        if failure is not None:
            self._new(order)
        return schema.Reply(failure=failure, output=output)

    def _new(self, order: schema.Order) -> Holder:
        """A new object in the place of the one with this number; its class is called as students know it."""
        assert order.holder is not None
        if order.kind not in self.kinds:
            self.kinds[order.kind] = type(order.kind, (Holder,), {})
        self.holders[order.holder] = holder = self.kinds[order.kind]()
        return holder

    def _run(
        self, order: schema.Order, holder: Holder | None, arguments: list[Any]
    ) -> tuple[tuple[Any, list[Drawing]], schema.Failure | None, str]:
        """Call the function; what it returned and drew, how it failed, and what it printed."""
        made: tuple[Any, list[Drawing]] = None, []
        failure = None
        with printed() as stream, limited(self.descriptors):
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    function = self.space[order.function]
                    call = partial(function, *([] if holder is None else [holder]), *arguments)
                    made = record(call) if order.watch else (call(), [])
            except BaseException as error:  # SystemExit and KeyboardInterrupt are the student's, too
                failure = self.cells.failure(error)
        return made, failure, stream.text()


#: Made before any fork, since making them takes longer than most calls.
_batches: Callable[[bytes], schema.Orders] = decoder(schema.Orders)
_messages: Callable[[bytes], schema.ToWorker] = decoder(schema.ToWorker)  # type: ignore[arg-type]

_TOO_LARGE = "value that is too large"


def argument_from(value: schema.Value) -> Any:
    """Make an argument of ours anew."""
    if isinstance(value, schema.Array):
        array = np.frombuffer(value.data, dtype=value.dtype).reshape(value.shape).copy()
        return array[()] if value.generic else array
    if isinstance(value, schema.Items):
        items = [argument_from(item) for item in value.values]
        return tuple(items) if value.tuple else items
    if isinstance(value, schema.Pairs):
        return {argument_from(key): argument_from(inner) for key, inner in value.pairs}
    return value


def _seed(seed: int) -> None:
    """Let the global generators begin anew, so that the same submission gets the same marks at every run."""
    random.seed(seed)
    np.random.seed(seed)


def _write(file: schema.File) -> None:
    target = Path(file.name)
    with suppress(OSError):  # a name that is too long, or a file's and a folder's at once: of no use to anyone
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


def be_worker(channel: socket.socket, shell: Any, confined: schema.Confined) -> NoReturn:
    """Tell what is in force, and work. Never returns."""
    with suppress(Closed, WireError):
        send(channel, confined)
        gc.freeze()  # what was there before the submission need not be looked through
        gc.set_threshold(_GARBAGE)
        Checkpoint(channel, shell).work()
    os._exit(0)
