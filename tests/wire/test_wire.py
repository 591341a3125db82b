"""Frames and messages between the two sides of the wall: honest, damaged and hostile ones."""

import os
import random
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.wire import schema
from autograder.wire.failures import Failure
from autograder.wire.frames import LIMIT, Closed, Late, WireError, receive, receive_with, send, send_with
from tests.wire.fuzz_wire import DECODERS, PIECES, check, mutated, seeds

Pair = tuple[socket.socket, socket.socket]
SEEDS = seeds()

#: Every run draws the same examples, and may take any time.
fixed = settings(max_examples=400, derandomize=True, deadline=None)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two ends of a channel."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@contextmanager
def little_memory() -> Iterator[None]:
    """Fail if Python's objects take a megabyte or more within the block."""
    tracemalloc.start()
    try:
        yield
    finally:
        largest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert largest < 2**20


def write_apart(channel: socket.socket, parts: list[bytes], pause: float = 0.0) -> threading.Thread:
    """Write these parts in a separate thread, with a pause after each, and close the channel."""

    def write() -> None:
        with channel, suppress(OSError):  # the reader may have gone
            for part in parts:
                channel.sendall(part)
                time.sleep(pause)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


# ---- frames


@pytest.mark.parametrize("size", [0, 1, 255, 70_000, 3 * 2**20])
def test_frame_arrives(size: int, pair: Pair) -> None:
    """A frame of any size arrives unchanged, and the frame after it arrives, too."""
    body = random.Random(size).randbytes(size)
    thread = write_apart(pair[1], [struct.pack(">I", size) + body + b"\0\0\0\1x"])
    assert receive(pair[0]) == body
    assert receive(pair[0]) == b"x"
    thread.join()


def test_message_arrives(pair: Pair) -> None:
    """The other side decodes a message to an equal one."""
    message = schema.Cell(number=3, output="é𝄞", failures=[Failure(kind="E")], slow=True)
    send(pair[1], message)
    assert DECODERS["FromWorker"](receive(pair[0])) == message


def test_frame_in_crumbs(pair: Pair) -> None:
    """A frame that arrives byte by byte is put together."""
    frame = struct.pack(">I", 300) + bytes(range(150)) * 2
    thread = write_apart(pair[1], [frame[i : i + 1] for i in range(len(frame))])
    assert receive(pair[0]) == frame[4:]
    thread.join()


@pytest.mark.parametrize("sent", [b"", b"\0", b"\0\0\0", b"\0\0\0\5", b"\0\0\0\5abcd"])
@pytest.mark.parametrize("deadline", [None, 60.0])
def test_cut_off(sent: bytes, deadline: float | None, pair: Pair) -> None:
    """If the other side closes the channel in the middle of a frame, Closed is raised, with or without a deadline."""
    pair[1].sendall(sent)
    pair[1].close()
    with pytest.raises(Closed):
        receive(pair[0], deadline and time.monotonic() + deadline)


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\5ab"])
def test_late(sent: bytes, pair: Pair) -> None:
    """If nothing more arrives before the deadline, Late is raised."""
    pair[1].sendall(sent)
    with pytest.raises(Late):
        receive(pair[0], time.monotonic() + 0.05)


def test_late_in_crumbs(pair: Pair) -> None:
    """Bytes that trickle in do not extend the deadline."""
    thread = write_apart(pair[1], [b"\0\0\3\xe8", *[b"x"] * 999], pause=0.01)
    with pytest.raises(Late):
        receive(pair[0], time.monotonic() + 0.2)
    pair[0].close()
    thread.join()


def test_too_long(pair: Pair) -> None:
    """A frame beyond the limit is refused after its first four bytes. One of exactly the limit is accepted."""
    pair[1].sendall(struct.pack(">I", 11))
    with pytest.raises(WireError, match="11 bytes"):
        receive(pair[0], limit=10)
    pair[1].sendall(struct.pack(">I", 10) + bytes(10))
    assert receive(pair[0], limit=10) == bytes(10)
    pair[1].sendall(struct.pack(">I", LIMIT + 1))
    with pytest.raises(WireError):
        receive(pair[0])


@pytest.mark.parametrize("limit", [LIMIT, None])
def test_promises_take_no_memory(limit: int | None, pair: Pair) -> None:
    """A frame that announces many bytes but has few takes little memory."""
    pair[1].sendall(struct.pack(">I", limit or 2**32 - 1) + b"little")
    pair[1].close()
    with pytest.raises(Closed), little_memory():
        receive(pair[0], limit=limit)


def test_meanwhile_in_silence(pair: Pair) -> None:
    """While nothing arrives, ``meanwhile`` is called repeatedly. An error that it raises ends the wait."""
    calls: list[int] = []

    def meanwhile() -> None:
        calls.append(1)
        if len(calls) == 3:
            send(pair[1], None)
        if len(calls) == 5:
            raise InterruptedError

    assert receive(pair[0], time.monotonic() + 60, pause=0.01, meanwhile=meanwhile) == b"\xc0"
    with pytest.raises(InterruptedError):
        receive(pair[0], time.monotonic() + 60, pause=0.01, meanwhile=meanwhile)
    assert len(calls) == 5


def test_nobody_can_foresee_when_meanwhile_is_called(pair: Pair) -> None:
    """Between two calls there is from half to one and a half of the pause, by chance."""
    calls: list[float] = []
    with suppress(Late):
        receive(pair[0], time.monotonic() + 0.6, pause=0.02, meanwhile=lambda: calls.append(time.monotonic()))
    gaps = [later - earlier for earlier, later in pairwise(calls[:-1])]  # the last call is made at the deadline
    assert len(gaps) >= 5
    assert min(gaps) >= 0.01 - 1e-4
    assert max(gaps) - min(gaps) > 0.001


def test_meanwhile_in_crumbs(pair: Pair) -> None:
    """A side that keeps sending single bytes cannot prevent calls of ``meanwhile``."""
    calls: list[int] = []
    thread = write_apart(pair[1], [b"\0\0\0\xc8", *[b"x"] * 200], pause=0.002)
    receive(pair[0], time.monotonic() + 60, pause=0.1, meanwhile=lambda: calls.append(1))
    thread.join()
    assert calls


def test_descriptors(pair: Pair) -> None:
    """Channels arrive with a frame if the receiver asks for them. Otherwise they are dropped."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send_with(pair[0], "with a channel", [theirs])
        body, (other,) = receive_with(pair[1], 1)
        with other:
            assert msgspec.msgpack.decode(body) == "with a channel"
            other.sendall(b"through")
            assert ours.recv(20) == b"through"
        before = sorted(os.listdir("/dev/fd"))
        send_with(pair[1], "unasked", [theirs, theirs])
        assert msgspec.msgpack.decode(receive(pair[0])) == "unasked"
        assert sorted(os.listdir("/dev/fd")) == before


def test_sending_to_nobody(pair: Pair) -> None:
    """Sending to a side that is gone or does not read raises Closed."""
    pair[0].settimeout(0.05)
    with pytest.raises(Closed):
        send(pair[0], bytes(2**22))
    pair[1].close()
    with pytest.raises(Closed):
        send(pair[0], 1)
    with pytest.raises(Closed):
        send_with(pair[0], 1, [pair[0]])


# ---- decoders


@pytest.mark.parametrize("body", SEEDS)
def test_honest_messages(body: bytes) -> None:
    """Our side decodes every kind of message that it gets, and encoding it again gives the same bytes."""
    assert check(body) not in {"refused", "contradiction"}
    readable = [decode for name, decode in DECODERS.items() if name in check(body).split()]
    assert body in [msgspec.msgpack.encode(decode(body)) for decode in readable]


@given(st.binary(max_size=300))
@fixed
def test_random_bytes(body: bytes) -> None:
    """No bytes make our side raise anything except a WireError, or accept a value that is not plain."""
    check(body)


@pytest.mark.parametrize("body", SEEDS)
def test_damaged_messages(body: bytes) -> None:
    """A damaged message is either refused or gives plain values. Both happen."""
    rng = random.Random(len(body))
    found = {check(mutated(body, rng, SEEDS)) for _ in range(3000)}
    assert "refused" in found
    assert len(found) > 1


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("field", ["value", "output", "attributes", "drawings", "nobody's"])
def test_odd_pieces(field: str, piece: bytes) -> None:
    """False sizes, deep nesting, extensions, timestamps and invalid texts do no harm anywhere in a message."""
    answer = b"\x82" + msgspec.msgpack.encode("type") + msgspec.msgpack.encode("answer")
    with little_memory():
        check(answer + msgspec.msgpack.encode(field) + piece)
    nested = b"\x83\xa4type\xa5items\xa5tuple\xc3\xa6values\x92" + piece
    with little_memory():
        check(answer + msgspec.msgpack.encode(field) + nested + piece)


def test_extension_is_refused() -> None:
    """Extension types and timestamps are not accepted as values."""
    for extra in (msgspec.msgpack.Ext(5, b"x"), msgspec.msgpack.Ext(-1, bytes(4))):
        with pytest.raises(WireError):
            DECODERS["Answer"](msgspec.msgpack.encode({"type": "answer", "value": extra}))


@pytest.mark.parametrize("number", [2**63, 2**64 - 1])
def test_large_numbers(number: int) -> None:
    """An integer that does not fit into 64 signed bits is refused, alone and nested."""
    for value in (number, {"type": "items", "tuple": False, "values": [number]}):
        with pytest.raises(WireError):
            DECODERS["Answer"](msgspec.msgpack.encode({"type": "answer", "value": value}))
