"""Copies of a worker, from our end: the processes that answer the calls of test cases."""

import socket
import time

from ..wire import schema
from ..wire.frames import Receiver, decoder, send
from ..wire.pixels import Pixels, Rendered, Show
from .clocks import Clock
from .usage import PAUSE, Meter

decode_reply = decoder(schema.Reply)
_shown = decoder(Rendered)

#: The most bytes of answers to receive at once.
_AHEAD = 64 * 2**10


class Copy:
    """A process that answers the calls of test cases."""

    def __init__(self, channel: socket.socket, meter: Meter) -> None:
        self.channel, self._meter = channel, meter
        self._receiver = Receiver(channel, ahead=_AHEAD)

    def send(self, orders: list[schema.Order], deadline: float) -> None:
        """Send calls, which the copy makes one after another.

        Raises:
            Closed: the copy ended, or does not read.
        """
        self.channel.settimeout(max(deadline - time.monotonic(), 0.01))
        send(self.channel, schema.Orders(orders))

    def receive(self, clock: Clock) -> bytes:
        """Wait for the reply to the next call, and return it without decoding it.

        Raises:
            Closed, Late, WireError: the copy ended, does not answer, or sends too much.
            TooMuch: it exceeds a limit.
        """
        self._meter.begin()
        return self._receiver.receive(clock.until, pause=PAUSE, meanwhile=lambda: clock.count(self._meter.look()))

    def show(self, figure: int, clock: Clock) -> Pixels | None:
        """Ask for a figure that the last watched call drew; None if the figure has changed since or cannot be rendered.

        Raises:
            Closed, Late, WireError: the copy ended, does not answer, or sends something that is not a picture.
            TooMuch: it exceeds a limit.
        """
        self.channel.settimeout(max(clock.until() - time.monotonic(), 0.01))
        send(self.channel, Show(figure))
        return _shown(self.receive(clock)).pixels

    def close(self) -> None:
        """Let the copy end on its own."""
        self.channel.close()
