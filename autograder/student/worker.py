"""The worker: a process that runs the cells of one submission, then stands as a checkpoint.

For every test case a copy is forked from it, which answers calls over a channel of its own until that is closed.
"""

import gc
import os
import socket
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from ..wire import schema
from ..wire.facts import Drawing
from ..wire.frames import LIMIT, Closed, WireError, decoder, receive, receive_with, send
from .plain import Converter, type_name
from .printing import printed
from .recording import record
from .shell import run_cells
from .tracing import Cells

#: The functions that are asked for.
FUNCTIONS = ("init", "forward", "graph")

#: Drawings that cross of one call.
_MOST_DRAWINGS = 20


class Model:
    """A plain object that takes attributes, like the one of the handout."""


class Worker:
    """What the process of a submission does once it is confined."""

    def __init__(self, channel: socket.socket, shell: Any) -> None:
        self.channel, self.shell = channel, shell
        self.cells = Cells()

    def work(self) -> None:
        """Do what is asked for, until the channel is closed."""
        decode: Callable[[bytes], schema.ToWorker] = decoder(schema.ToWorker)  # type: ignore[arg-type]
        while True:
            body, channels = receive_with(self.channel, 1)
            message = decode(body)
            if isinstance(message, schema.File):
                _write(message)
            elif isinstance(message, schema.Run):
                self._run(message)
            else:
                self._fork(channels)

    def _run(self, order: schema.Run) -> None:
        folder = Path(order.name).parent
        folder.mkdir(parents=True, exist_ok=True)
        self.shell.user_ns["__file__"] = str(Path(order.name).absolute())
        os.chdir(folder)
        sys.path.insert(0, os.getcwd())
        run_cells(self.shell, order, self.cells, lambda cell: send(self.channel, cell))
        send(self.channel, schema.Ready(functions=self._functions()))

    def _functions(self) -> dict[str, str]:
        space = self.shell.user_ns
        return {
            name: "callable" if callable(space[name]) else type_name(space[name])
            for name in FUNCTIONS
            if space.get(name) is not None
        }

    def _fork(self, channels: list[socket.socket]) -> None:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        with suppress(OSError):  # too many processes: our side finds the channel closed, and ends them
            if os.fork() == 0:
                self._be_copy(channels[0])
        for channel in channels:
            channel.close()

    def _be_copy(self, channel: socket.socket) -> NoReturn:
        """Answer calls until nobody asks any more. Never returns into the code that forked."""
        with suppress(BaseException):
            os.setsid()
            self.channel.close()
            copy = Copy(channel, self.shell.user_ns, self.cells)
            while True:
                copy.answer()
        os._exit(0)


class Copy:
    """Answers the calls of one test case."""

    def __init__(self, channel: socket.socket, space: dict[str, Any], cells: Cells) -> None:
        self.channel, self.space, self.cells = channel, space, cells
        self.models: dict[int, Model] = {}
        self.decode = decoder(schema.Call)

    def answer(self) -> None:
        """Answer one call."""
        order = self.decode(receive(self.channel, limit=None))
        model = None if order.model is None else self.models.setdefault(order.model, Model())
        for name, value in order.attributes.items():
            setattr(model, name, from_wire(value))
        arguments = [from_wire(value) for value in order.arguments]
        value, failure = None, None
        drawings: list[Drawing] = []
        with printed() as stream:
            try:
                with np.errstate(all="ignore"), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    value, drawings = self._call(order, model, arguments)
            except BaseException as error:  # SystemExit and KeyboardInterrupt are the student's, too
                failure = self.cells.failure(error)
        convert = Converter()
        answer = schema.Answer(
            failure=failure,
            arguments=[convert.value(argument) for argument in arguments[:4]],  # first: ours, and never large
            value=convert.value(value),
            attributes={} if model is None else convert.attributes(model),
            drawings=sorted(drawings, key=lambda drawing: -len(drawing.texts))[:_MOST_DRAWINGS],
            output=stream.text(),
        )
        try:
            send(self.channel, answer, LIMIT)
        except WireError:
            send(self.channel, schema.Answer(value=schema.Odd("value that is too large"), failure=failure))

    def _call(self, order: schema.Call, model: Model | None, arguments: list[Any]) -> tuple[Any, list[Any]]:
        function = self.space[order.function]
        if order.watch:
            return record(function)
        return function(*([] if model is None else [model]), *arguments), []


def from_wire(value: schema.Value) -> Any:
    """Make an argument: a fresh array, or a number."""
    if isinstance(value, schema.Array):
        return np.frombuffer(value.data, dtype=value.dtype).reshape(value.shape).copy()
    return value


def _write(file: schema.File) -> None:
    target = Path(file.name)
    with suppress(OSError):  # a name that is too long, or a file's and a folder's at once: of no use to anyone
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


def be_worker(channel: socket.socket, shell: Any, confined: schema.Confined) -> NoReturn:
    """Tell what is in force, and work. Never returns."""
    with suppress(Closed, WireError):
        send(channel, confined)
        gc.freeze()  # what was there before the student's objects need not be looked through
        Worker(channel, shell).work()
    os._exit(0)
