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

#: The fewest and the most seconds to rest at a time while a copy makes several calls.
_SHORTEST_REST, _LONGEST_REST = 1e-4, 1e-3


class Copy:
    """A process that answers the calls of test cases."""

    def __init__(self, channel: socket.socket, meter: Meter) -> None:
        self.channel, self._meter = channel, meter
        self._receiver = Receiver(channel, ahead=_AHEAD)
        self._begun, self._answered = 0.0, 0

    def send(self, orders: list[schema.Order], deadline: float) -> None:
        """Send calls, which the copy makes one after another.

        Raises:
            Closed: the copy ended, or does not read.
        """
        self._begun, self._answered = time.monotonic(), 0
        self.channel.settimeout(max(deadline - self._begun, 0.01))
        send(self.channel, schema.Orders(orders))

    def receive(self, clock: Clock, more: int = 0) -> bytes:
        """Wait for the reply to the next call, and return it without decoding it.

        Args:
            clock: the time limit of the call.
            more: how many calls come after it.

        Raises:
            Closed, Late, WireError: the copy ended, does not answer, or sends too much.
            TooMuch: it exceeds a limit.
        """
        self._meter.begin()
        self._rest(more)
        self._answered += 1
        return self._receiver.receive(clock.until, pause=PAUSE, meanwhile=lambda: clock.count(self._meter.look()))

    def _rest(self, more: int) -> None:
        """Sleep until about half of the other calls have been made, to judge by the time that those before them took.

        If every reply woke this process, that would take both sides almost as long as a short call.
        """
        if self._answered and more and not self._receiver.has_more:
            seconds = (time.monotonic() - self._begun) / self._answered * more / 2
            if seconds >= _SHORTEST_REST:
                time.sleep(min(seconds, _LONGEST_REST))

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
