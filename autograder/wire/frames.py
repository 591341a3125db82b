"""Frames: four bytes with the length of the body, most significant first, then the body in msgpack."""

import secrets
import socket
import time
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import msgspec

T = TypeVar("T")

#: A moment by ``time.monotonic``, a function that returns it, or none.
Deadline: TypeAlias = float | Callable[[], float] | None

#: The longest allowed frame, in bytes. The largest honest frames hold arrays of about 100 kB.
LIMIT = 8 * 2**20

_HEAD = 4
_encoder = msgspec.msgpack.Encoder()


class WireError(Exception):
    """The other side sent something invalid: too long, cut off, not msgpack, or against the schema."""


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side did not answer in time."""


def send(channel: socket.socket, message: Any, limit: int | None = None) -> None:
    """Send one message as a frame. Wait no longer than the channel's timeout.

    Raises:
        Closed: the other side is gone, or does not read.
        WireError: the frame would be longer than the limit. Nothing was sent.
    """
    body = _encoder.encode(message)
    if limit is not None and len(body) > limit:
        raise WireError(f"a frame of {len(body)} bytes")
    try:
        channel.sendall(len(body).to_bytes(_HEAD, "big") + body)
    except OSError as error:
        raise Closed from error


def send_with(channel: socket.socket, message: Any, channels: list[socket.socket]) -> None:
    """Send one message together with the far ends of other channels.

    Raises:
        Closed: the other side is gone, or does not read.
    """
    body = _encoder.encode(message)
    try:
        socket.send_fds(channel, [len(body).to_bytes(_HEAD, "big")], [other.fileno() for other in channels])
        channel.sendall(body)
    except OSError as error:
        raise Closed from error


def receive_with(channel: socket.socket, count: int) -> tuple[bytes, list[socket.socket]]:
    """Wait for a frame that may carry channels. Only the student's side uses this, because it trusts our side.

    Raises:
        Closed: the other side closed the channel, or ended.
    """
    try:
        head, descriptors, _, _ = socket.recv_fds(channel, _HEAD, count)
        if not head:
            raise Closed
        rest = Receiver(channel)
        head += rest.exactly(_HEAD - len(head))
        body = rest.exactly(int.from_bytes(head, "big"))
    except OSError as error:
        raise Closed from error
    return body, [socket.socket(fileno=descriptor) for descriptor in descriptors]


class Receiver:
    """Receives frames from a channel, one after another.

    Memory grows with the bytes that have arrived, never with the length that a frame announces. The kernel drops any
    descriptors that come with a frame, because we do not ask for them.
    """

    def __init__(self, channel: socket.socket, ahead: int = 0) -> None:
        """Prepare to receive.

        Args:
            channel: a stream socket.
            ahead: how many bytes may be read from it before they are needed.
        """
        self.channel, self._ahead = channel, ahead
        self._arrived = bytearray()
        self._left: float | None = None  # seconds of waiting until the next call of ``meanwhile``

    @property
    def has_more(self) -> bool:
        """Whether bytes have been read that no frame has used yet."""
        return bool(self._arrived)

    def receive(
        self,
        deadline: Deadline = None,
        limit: int | None = LIMIT,
        pause: float = 0.2,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> bytes:
        """Wait for a frame and return its body.

        Args:
            deadline: the latest time, by ``time.monotonic``, or a function that returns it, since it may move. Without
                one it waits forever.
            limit: the longest allowed body, in bytes. Without one any length is accepted.
            pause: seconds of waiting between two calls of ``meanwhile``, also from one frame to the next: from half to
                one and a half of it, so that nobody can foresee the next call.
            meanwhile: called repeatedly until the whole frame has arrived, even while bytes trickle in, and once before
                a deadline counts as passed.

        Raises:
            Closed: the other side closed the channel, or ended.
            Late: the deadline passed.
            WireError: the frame is too long.
        """
        length = int.from_bytes(self.exactly(_HEAD, deadline, pause, meanwhile), "big")
        if limit is not None and length > limit:
            raise WireError(f"a frame of {length} bytes")
        return self.exactly(length, deadline, pause, meanwhile)

    def exactly(
        self,
        count: int,
        deadline: Deadline = None,
        pause: float = 0.2,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> bytes:
        """Wait for exactly ``count`` bytes and return them; see ``receive``."""
        arrived = self._arrived
        if len(arrived) < count:
            self._wait(count, deadline, pause, meanwhile)
        taken = bytes(arrived[:count])
        del arrived[:count]
        return taken

    def _wait(self, count: int, deadline: Deadline, pause: float, meanwhile: Callable[[], None]) -> None:
        arrived = self._arrived
        now = time.monotonic()
        look = now + (_about(pause) if self._left is None else self._left)
        while len(arrived) < count:
            now = time.monotonic()
            until = deadline() if callable(deadline) else deadline
            if now >= look or (until is not None and now >= until):
                meanwhile()
                look = now + _about(pause)
                until = deadline() if callable(deadline) else deadline
            if until is not None:
                if now >= until:
                    raise Late
                self.channel.settimeout(max(min(until, look) - now, 1e-4))
            try:
                chunk = self.channel.recv(min(max(count - len(arrived), self._ahead), 1 << 18))
            except TimeoutError:
                continue
            except OSError as error:
                raise Closed from error
            if not chunk:
                raise Closed
            arrived += chunk
        self._left = max(look - time.monotonic(), 0.0)


def _about(pause: float) -> float:
    return pause * (0.5 + secrets.randbelow(1000) / 1000)


def receive(channel: socket.socket, deadline: Deadline = None, **options: Any) -> bytes:
    """Wait for a frame and return its body; see ``Receiver.receive``."""
    return Receiver(channel).receive(deadline, **options)


def decoder(kind: type[T]) -> Callable[[bytes], T]:
    """Return a function that decodes bodies of one type.

    The function raises a WireError for anything that is not of that type.
    """
    decode = msgspec.msgpack.Decoder(kind).decode

    def checked(body: bytes) -> T:
        try:
            return decode(body)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, OverflowError, MemoryError) as error:
            raise WireError(f"{type(error).__name__}: {error}") from None

    return checked
