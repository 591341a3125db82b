"""Throw damaged answers at our side of the wall: ``python -m tests.wire.fuzz_wire SECONDS``.

It stops with an error at the first body that our side does not survive, and prints that body. If ``atheris`` is
installed, it chooses bodies by the code that they reach. Otherwise the bodies are random.
"""

import math
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx
import numpy as np

from autograder.checking.calls import Foreign
from autograder.sandbox import values
from autograder.wire import schema
from autograder.wire.facts import Box, Drawing, Line, Marker, Text
from autograder.wire.failures import Cause, CodeLine, Failure
from autograder.wire.frames import WireError, decoder
from autograder.wire.pixels import HIGHEST, WIDEST, Pixels, Rendered

#: Everything that our side decodes.
KINDS: dict[str, Any] = {
    "FromWorker": schema.FromWorker,
    "Kept": schema.Kept,
    "Answer": schema.Reply,
    "Rendered": Rendered,
}
DECODERS: dict[str, Callable[[bytes], Any]] = {name: decoder(kind) for name, kind in KINDS.items()}

_PLAIN = (bool, int, float, str, type(None))
_GRAPHS = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


def seeds() -> list[bytes]:
    """An honest body for every kind of message, with every kind of value in them."""
    numbers = np.arange(6.0).reshape(2, 3)
    array = schema.Array("f8", [2, 3], numbers.tobytes())
    empty = schema.Array("i4", [0, 2**40, 3], b"")
    graph = schema.Network(
        directed=True,
        multi=True,
        nodes=["x(1)", "a(1)", ["z", "1"], "a(1)"],
        edges=[schema.Edge(0, 1, {"label": "W", "key": "k"}), schema.Edge(1, 2, {}), schema.Edge(1, 3, {"": ""})],
    )
    drawing = Drawing(
        markers=[Marker(Box(0.0, 1.0, 2.0, 3.0), True)],
        texts=[Text("$W_1$", Box(-1.0, 0.5, 1e3, 1e8)), Text("ö€𝄞", Box(0.0, 0.0, 1.0, 1.0))],
        lines=[Line((0.0, 1.0), (2.0, 3.0), [(0.0, 1.0), (1.0, 1.0), (2.0, 3.0)], True)],
    )
    step = CodeLine(cell=1, line=3, function="init", text="x = W @ x")
    cause = Cause(how="failed", cell=1, line=2, kind="ImportError", text="no")
    failure = Failure(
        kind="ValueError", text="no", trace=[step], caret=(1, 2), name="W", owner="Model", held=True, has=["V"],
        near="V", operands=[("W", [2, 3])], because=cause,
    )  # fmt: skip
    nested: schema.Value = 1.5
    for _ in range(schema.DEEPEST):
        nested = schema.Items(False, [nested, None, True, -(2**63), 2**63 - 1, "text", math.nan])
    messages = [
        schema.Reply(value=array, attributes={"W": array, "V": schema.Array("c8", [], b"12345678", True), "n": 3}),
        schema.Reply(value=schema.Items(True, [graph, nested]), drawings=[drawing], output="printed"),
        schema.Reply(
            failure=failure, arguments=[array, schema.Odd("DataFrame", array), schema.Odd("generator"), empty]
        ),
        schema.Reply(value=schema.Odd("generator"), arguments=[schema.Same()], attributes={"W": schema.Same()}),
        schema.Cell(number=2, output="x" * 300, failures=[failure], slow=True),
        schema.Ready(
            functions={"init": "callable", "graph": "int"}, missing={"forward": cause}, near={"forward": "foward"}
        ),
        schema.Confined(layers=["limits"], missing=["seccomp"], readable=["/etc/passwd"]),
        schema.Kept(seconds=1.25, memory=2**30, left=3),
        Rendered(Pixels(width=2, height=3, data=bytes(18), left=-1.5, bottom=0.0, scale=0.25)),
    ]
    return [msgspec.msgpack.encode(message) for message in messages]


#: Pieces of msgpack that often cause trouble: false sizes, deep nesting, extensions, timestamps, invalid texts.
PIECES = (
    *(head + size for head in (b"\xdd", b"\xdf", b"\xdb", b"\xc6", b"\xc9") for size in (b"\xff" * 4, b"\0\x7f\0\0")),
    *(bytes([head]) + b"\xff\xff" for head in (0xDC, 0xDE, 0xDA, 0xC5, 0xC8)),
    b"\x91" * 3000, b"\x81\xa1a" * 3000, b"\x82\xa4type\xa5items\xa6values\x91" * 2000, b"\xc1", b"\xc0", b"\xc3",
    b"\xd6\xff\0\0\0\0", b"\xd7\xff" + b"\xff" * 8, b"\xc7\x0c\xff" + b"\xff" * 12, b"\xc7\0\x05", b"\xd4\x80a",
    b"\xa2\xff\xfe", b"\xa3\xed\xa0\x80", b"\xa4\xf4\x90\x80\x80", b"\xa0", b"\x80", b"\x90",
    b"\xcf" + b"\xff" * 8, b"\xd3\x80" + b"\0" * 7, b"\xca\x7f\x80\0\0", b"\xcb\x7f\xf8" + b"\0" * 6,
    b"\xcb" + b"\xff" * 8,
    b"\xa4type\xa5items", b"\xa4type\xa5graph", b"\xa4type\xa5array", b"\xa4type\xa3odd", b"\xa4type\x01",
)  # fmt: skip


def mutated(body: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """Return a damaged body: with changed bits or bytes, cut ends, inserted pieces, or parts of another body."""
    data = bytearray(body)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 1, 2, 4, 8, 30)))
        kind = rng.randrange(7)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at:end] = rng.randbytes(end - at)
        elif kind == 2:
            data[at:at] = rng.choice(PIECES)
        elif kind == 3:
            data[at:end] = rng.choice(PIECES)
        elif kind == 4:
            del data[at : len(data) if rng.random() < 0.3 else end]
        elif kind == 5:
            other = rng.choice(others)
            start = rng.randrange(len(other) + 1)
            data[at:end] = other[start : start + rng.randrange(1, 60)]
        else:
            data[at:at] = data[max(0, at - rng.randrange(1, 60)) : at]  # this also makes duplicate keys
    return bytes(data)


def check(body: bytes) -> str:
    """Decode a body as each kind of message that our side decodes; return a summary of the results.

    Raises:
        AssertionError: a value got through that is not plain.
        Exception: our side raised something other than a WireError.
    """
    found = []
    for name, decode in DECODERS.items():
        try:
            message = decode(body)
        except WireError:
            continue
        found.append(name)
        if isinstance(message, schema.Reply):
            try:
                for value in (message.value, *message.attributes.values(), *message.arguments):
                    if not isinstance(value, schema.Same):
                        assert_plain(values.from_wire(value))
            except WireError:
                found.append("contradiction")
            assert_finite(values.plain_drawings(message.drawings))
        elif isinstance(message, Rendered) and message.pixels is not None:
            assert type(message.pixels.data) is bytes
            assert 1 <= message.pixels.width <= WIDEST
            assert 1 <= message.pixels.height <= HIGHEST
            assert len(message.pixels.data) <= 3 * WIDEST * HIGHEST
    return " ".join(found) or "refused"


def assert_plain(value: Any) -> None:
    """Assert that a value and everything in it has exactly a type that our side knows."""
    kind = type(value)
    if kind in (list, tuple):
        for item in value:
            assert_plain(item)
    elif kind is dict:
        for pair in value.items():
            assert_plain(pair)
    elif kind is Foreign:
        assert type(value.kind) is str
        assert_plain(value.content)
    elif kind in _GRAPHS:
        for node, attributes in value.nodes(data=True):
            assert not attributes
            parts = node if type(node) is tuple else [str(node) if type(node) is values._Twin else node]
            assert all(type(part) is str for part in parts)
        for _, _, attributes in value.edges(data=True):
            assert all(type(text) is str for pair in attributes.items() for text in pair)
    elif isinstance(value, (np.ndarray, np.generic)):
        assert kind is np.ndarray or kind.__module__ == "numpy"
        assert value.dtype.str[1:] in schema.DTYPES
        assert kind is not np.ndarray or (value.flags.owndata and value.flags.writeable)
    else:
        assert kind in _PLAIN


def assert_finite(drawings: list[Drawing]) -> None:
    """Assert that all coordinates are finite numbers, and that there is not too much of anything."""
    for drawing in drawings:
        boxes = [item.box for item in (*drawing.markers, *drawing.texts)]
        points = [point for line in drawing.lines for point in (line.tail, line.head, *line.path)]
        numbers = [number for box in boxes for number in (box.x0, box.y0, box.x1, box.y1)]
        numbers += [number for point in points for number in point]
        assert all(type(number) is float and math.isfinite(number) for number in numbers)
        assert max(len(drawing.markers), len(drawing.texts), len(drawing.lines)) <= 500
        assert all(len(text.text) <= 200 for text in drawing.texts)


def _random_bodies(rng: random.Random) -> Iterator[bytes]:
    pool = seeds()
    while True:
        yield mutated(rng.choice(pool), rng, pool)


def _count(bodies: Iterator[bytes], seconds: float) -> None:
    counts: Counter[str] = Counter()
    until = time.monotonic() + seconds
    for body in bodies:
        try:
            counts[check(body)] += 1
        except BaseException:
            print(f"not survived: {body.hex()}")
            raise
        if time.monotonic() > until:
            break
    print(f"{counts.total()} bodies:", ", ".join(f"{number} {what}" for what, number in counts.most_common()))


def _guided(atheris: Any, seconds: float, corpus: str) -> None:
    for name in ("_array", "_network", "_is_box", "_is_line", "_are_finite", "plain_drawings", "from_wire"):
        setattr(values, name, atheris.instrument_func(getattr(values, name)))
    pool, counts, instrumented = seeds(), Counter[str](), atheris.instrument_func(check)
    for number, body in enumerate(pool):
        Path(corpus, str(number)).write_bytes(body)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated(data if data and rng.random() < 0.7 else rng.choice(pool), rng, pool)[:most]

    def once(data: bytes) -> None:
        counts[instrumented(data)] += 1
        if counts.total() % 200_000 == 0:
            print(f"{counts.total()} bodies:", dict(counts), flush=True)

    options = [f"-max_total_time={seconds:g}", "-max_len=40000", "-seed=1", "-verbosity=0", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={corpus}/", corpus], once, custom_mutator=mutate)
    atheris.Fuzz()


def _atheris(atheris: Any, seconds: float) -> int:
    with tempfile.TemporaryDirectory() as corpus:
        # The fuzzer ends its process without returning to Python.
        child = multiprocessing.get_context("fork").Process(target=_guided, args=(atheris, seconds, corpus))
        child.start()
        child.join()
        for crash in Path(corpus).glob("*-*"):
            print(f"not survived: {crash.read_bytes().hex()}")
    return child.exitcode or 0


def main() -> None:
    """Fuzz for the number of seconds in the first argument."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: the bodies are random")
        _count(_random_bodies(random.Random(0)), seconds)
    else:
        sys.exit(_atheris(atheris, seconds))


if __name__ == "__main__":
    main()
