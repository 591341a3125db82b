"""The worker: a process that runs the cells of one submission and then serves as a checkpoint.

Copies are forked from it. Each copy answers calls over its own channel until that is closed.
"""

import gc
import os
import random
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from ..wire import schema
from ..wire.facts import Drawing
from ..wire.failures import Failure
from ..wire.frames import LIMIT, Closed, WireError, decoder, receive, receive_with, send
from ..wire.holder import Holder, holder_class, put, read_properties
from ..wire.pixels import Rendered, Show, ToCopy
from .backends import usetex_is_set
from .forking import close_fonts, fork_patiently, run_handlers
from .plain import Converter, type_name
from .pools import renew_pools, threads_left
from .printing import Outputs
from .recording import record
from .rendering import FigureRead, pixels_of
from .room import Descriptors, Folder, limit_processes, limited, more_processes
from .semaphores import renew_semaphores
from .shell import run_cells
from .tracing import Cells

#: The number of new objects before the garbage collector runs. Figures consist of many objects, and these processes
#: do not live long: the usual 700 would take 2 to 3 % more processor time (benchmarks/throughput.py).
_GARBAGE = 20_000

#: The most drawings that one call may send across the wall.
_MOST_DRAWINGS = 20


class Checkpoint:
    """The work of a submission's process once it is confined."""

    def __init__(self, channel: socket.socket, shell: Any) -> None:
        self.channel, self.shell = channel, shell
        self.cells = Cells()
        self.seed = 0
        self.scratch = Path.cwd().parent
        self.left: Folder | None = None
        self.forked = False

    def work(self) -> None:
        """Follow orders until the channel is closed."""
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
        functions = self._functions(order.functions)
        absent = [name for name in order.functions if name not in functions]
        ready = schema.Ready(
            functions=functions,
            missing={name: cause for name in absent if (cause := self.cells.reason(name))},
            near={name: near for name in absent if (near := self.cells.near(name, self.shell.user_ns))},
            notes=[_USETEX] if usetex_is_set() else [],
            threads=threads_left(),
        )
        send(self.channel, ready)

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
        threads = threads_left()
        with suppress(OSError), more_processes() as most:  # else our side sees the closed channel
            if fork_patiently() == 0:
                self._be_copy(channels[0], most, threads > 0)
        for channel in channels:
            channel.close()

    def _be_copy(self, channel: socket.socket, processes: int, threads: bool) -> NoReturn:
        """Answer calls until our side closes the channel. Never returns to the code that forked."""
        with suppress(BaseException):
            if threads:
                run_handlers()
                renew_pools()
            renew_semaphores()
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
        self.outputs = Outputs()
        self.descriptors = Descriptors().allowed()
        self.readings: list[FigureRead] = []

    def answer(self) -> None:
        """Answer the calls of one message, or render a figure."""
        message = _orders(receive(self.channel, limit=None))
        if isinstance(message, Show):
            send(self.channel, self._show(message.figure), LIMIT)
            return
        for order in message.orders:
            reply = self._prepare(order) if order.prepare else self._answer(order)
            try:
                send(self.channel, reply, LIMIT)
            except WireError:
                large = schema.Odd(_TOO_LARGE)
                arguments: list[schema.Left] = [large] * len(reply.arguments)
                send(self.channel, schema.Reply(value=large, arguments=arguments, failure=reply.failure))
            if order.last and order.holder is not None:
                self.holders.pop(order.holder, None)

    def _answer(self, order: schema.Order) -> schema.Reply:
        holder = None if order.holder is None else self.holders.get(order.holder) or self._new(order)
        given = {name: argument_from(value) for name, value in order.attributes.items()}
        for name, value in given.items():
            put(holder, name, value)
        arguments = [argument_from(value) for value in order.arguments]
        (value, drawings), failure, output = self._run(order, holder, arguments)
        convert = Converter()
        # Our own arguments and attributes go first, since they are never large.
        return schema.Reply(
            failure=failure,
            arguments=[convert.left(*pair) for pair in zip(arguments[:4], order.arguments, strict=False)],
            attributes={} if holder is None else convert.attributes(holder, order.stored, given, order.attributes),
            value=convert.value(value),
            drawings=sorted(drawings, key=lambda drawing: -len(drawing.texts))[:_MOST_DRAWINGS],
            output=output,
        )

    def _show(self, figure: int) -> Rendered:
        """Render a figure of the last watched call. Its artists may be the student's own, which may do anything."""
        with self.outputs.printed(), limited(self.descriptors), suppress(BaseException):
            return Rendered(pixels_of(self.readings[figure]))
        return Rendered()

    def _prepare(self, order: schema.Order) -> schema.Reply:
        holder = self._new(order)
        _, failure, output = self._run(order, holder, [argument_from(value) for value in order.arguments])
        if failure is not None:
            self._new(order)
        return schema.Reply(failure=failure, output=output)

    def _new(self, order: schema.Order) -> Holder:
        """Make a new object under this number. Its class has the name that students know."""
        assert order.holder is not None
        if order.kind not in self.kinds:
            self.kinds[order.kind] = holder_class(order.kind, self.space.get(order.kind))
        self.holders[order.holder] = holder = self.kinds[order.kind]()
        return holder

    def _run(
        self, order: schema.Order, holder: Holder | None, arguments: list[Any]
    ) -> tuple[tuple[Any, list[Drawing]], Failure | None, str]:
        """Call the function; return its value and drawings, its failure, and its output."""
        made: tuple[Any, list[Drawing]] = None, []
        failure = None
        if order.watch:
            self.readings.clear()  # the figures of the previous call
        with self.outputs.printed() as output, limited(self.descriptors):
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    function = self.space[order.function]
                    call = partial(function, *([] if holder is None else [holder]), *arguments)
                    made = record(call, self.readings) if order.watch else (call(), [])
                    read_properties(holder, order.stored or () if holder else ())
            except BaseException as error:  # SystemExit and KeyboardInterrupt also come from the student's code
                failure = self.cells.failure(error)
        return made, failure, output.text()


#: Made before any fork, because making them takes longer than most calls.
_orders: Callable[[bytes], ToCopy] = decoder(ToCopy)  # type: ignore[arg-type]
_messages: Callable[[bytes], schema.ToWorker] = decoder(schema.ToWorker)  # type: ignore[arg-type]

_TOO_LARGE = "value that is too large"

_USETEX = "text.usetex is off during grading: matplotlib sets all text in drawings itself."


def argument_from(value: schema.Value) -> Any:
    """Turn a value from our side into a fresh argument."""
    if isinstance(value, schema.Array):
        array = np.frombuffer(value.data, dtype=value.dtype).reshape(value.shape).copy()
        return array[()] if value.generic else array
    if isinstance(value, schema.Large):
        return int(value.digits, 16)
    if isinstance(value, schema.Items):
        items = [argument_from(item) for item in value.values]
        return tuple(items) if value.tuple else items
    if isinstance(value, schema.Pairs):
        return {argument_from(key): argument_from(inner) for key, inner in value.pairs}
    return value


def _seed(seed: int) -> None:
    """Seed the global random generators, so that the same submission gets the same marks in every run."""
    random.seed(seed)
    np.random.seed(seed)


def _write(file: schema.File) -> None:
    target = Path(file.name)
    with suppress(OSError):  # skip a name that is too long, or that is both a file and a folder
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


def be_worker(channel: socket.socket, shell: Any, confined: schema.Confined) -> NoReturn:
    """Report what is in force, then start work. Never returns."""
    with suppress(Closed, WireError):
        send(channel, confined)
        gc.freeze()  # the collector then skips everything from before the submission
        gc.set_threshold(_GARBAGE)
        Checkpoint(channel, shell).work()
    os._exit(0)
