"""The messages that cross the wall, and the plain values inside of them.

Every list, text and array has a largest size. What is no number, text, array, list, dictionary or network crosses as
``Odd``: the name of its type, and its content as an array where it has one.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from .facts import Drawing

Short = Annotated[str, msgspec.Meta(max_length=200)]
Row = Annotated[str, msgspec.Meta(max_length=1000)]
Words = Annotated[str, msgspec.Meta(max_length=20_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]

#: Types of array entries that cross, in the notation of numpy's ``dtype.str`` without the byte order.
DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "f16", "c8", "c16", "c32")
DType = Literal["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "f16", "c8", "c16", "c32"]


class Array(msgspec.Struct, frozen=True, tag="array"):
    """A numpy array or scalar: its entries in C order and the machine's byte order."""

    dtype: DType
    shape: Annotated[list[Count], msgspec.Meta(max_length=8)]
    data: Annotated[bytes, msgspec.Meta(max_length=4 * 2**20)]
    generic: bool = False
    """Whether it was a numpy scalar."""


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list or a tuple."""

    tuple: bool
    values: "Annotated[list[Value], msgspec.Meta(max_length=20_000)]"


class Pairs(msgspec.Struct, frozen=True, tag="pairs"):
    """A dictionary."""

    pairs: "Annotated[list[tuple[Value, Value]], msgspec.Meta(max_length=2000)]"


class Odd(msgspec.Struct, frozen=True, tag="odd"):
    """A value that does not cross as it is."""

    kind: Short
    """Name of its type."""
    array: Array | None = None
    """Its content, where numpy can read it."""


class Edge(msgspec.Struct, frozen=True, array_like=True):
    """An edge of a network."""

    tail: Count
    """Index of a node."""
    head: Count
    attributes: Annotated[dict[Short, Short], msgspec.Meta(max_length=20)]
    """Those that are texts."""


class Network(msgspec.Struct, frozen=True, tag="network"):
    """Nodes and edges, as networkx has them."""

    directed: bool
    multi: bool
    nodes: Annotated[list[Short | Annotated[list[Short], msgspec.Meta(max_length=8)]], msgspec.Meta(max_length=500)]
    """Names; a list stands for a tuple."""
    edges: Annotated[list[Edge], msgspec.Meta(max_length=2000)]


Value: TypeAlias = (
    bool
    | Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
    | float
    | Words
    | (Array | Items | Pairs | Odd | Network | None)
)

#: Nested deeper than this, no value crosses.
DEEPEST = 6

Attributes = Annotated[dict[Short, Value], msgspec.Meta(max_length=40)]


class Same(msgspec.Struct, frozen=True, tag="same"):
    """Stands for a value of the call itself that is still as it was."""


Left: TypeAlias = Value | Same


class Failure(msgspec.Struct, frozen=True, kw_only=True, tag="failure"):
    """A student's error as text."""

    kind: Short
    """Name of its type."""
    text: Annotated[str, msgspec.Meta(max_length=600)] = ""
    line: Annotated[int, msgspec.Meta(ge=0, le=10**6)] | None = None
    """Line inside the student's cell where it came from."""
    function: Short = ""
    """Function inside of which it came."""
    trace: Annotated[list[Row], msgspec.Meta(max_length=20)] = []
    """The lines of the student's own cells that led there."""


# ---- to the warm parent


class Attach(msgspec.Struct, frozen=True, tag="attach"):
    """Listen to one more process of ours; its channel comes along."""


class Keep(msgspec.Struct, frozen=True, tag="keep"):
    """Fork a keeper; its channel comes along."""

    libraries: list[str]
    """What it imports beside what is there, for submissions that need it."""


ToParent: TypeAlias = Attach | Keep


# ---- to a keeper


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a student's process may use."""

    cpu_seconds: int
    memory: int
    """Bytes of address space."""
    file_size: int
    """Bytes of one file."""
    files: int
    """Open files, those in reserve for our own work included."""
    processes: int
    """Processes and threads of the user."""
    spare_processes: int = 0
    """So many more are in reserve, for copies of a worker that has many."""


class Spawn(msgspec.Struct, frozen=True, kw_only=True, tag="spawn"):
    """Fork the worker of one submission; its channel comes along."""

    user: int | None
    """User and group id to run as; None to stay."""
    scratch: str
    """An empty folder that belongs to that user."""
    secrets: list[str]
    """Paths that must not be readable from inside; that is tried out before any student's code runs."""
    limits: Limits
    confine: bool = True


class Prune(msgspec.Struct, frozen=True, tag="prune"):
    """End all processes of the submission but its worker; one byte comes back when they are gone."""


class End(msgspec.Struct, frozen=True, tag="end"):
    """End all processes of the submission, and remove its files."""


ToKeeper: TypeAlias = Spawn | Prune | End


# ---- to the worker


class Run(msgspec.Struct, frozen=True, kw_only=True, tag="run"):
    """Run these cells."""

    name: str
    """Path of the notebook or script inside of the submission."""
    functions: list[str]
    """Names that will be asked for."""
    cells: list[str]
    skip: list[int]
    """Numbers of cells, from 1, that are known to end the process."""
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    """For the global generators, before the cells and again in every copy."""


class File(msgspec.Struct, frozen=True, tag="file"):
    """A file of the submission, to be written to the working directory."""

    name: str
    content: bytes


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Fork a copy that answers calls; its channel comes along."""


ToWorker: TypeAlias = Run | File | Fork


# ---- from the worker


class Confined(msgspec.Struct, frozen=True, kw_only=True, tag="confined"):
    """What is in force, told before any student's code runs."""

    layers: Annotated[list[Short], msgspec.Meta(max_length=20)]
    missing: Annotated[list[Short], msgspec.Meta(max_length=20)]
    readable: Annotated[list[str], msgspec.Meta(max_length=200)]
    """Those of the secrets that can be read nevertheless."""
    keeper: Count = 0
    """The process id of the keeper."""
    worker: Count = 0
    """The process id of the worker."""


class Cell(msgspec.Struct, frozen=True, kw_only=True, tag="cell"):
    """A cell that was run."""

    number: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    output: Words = ""
    failure: Failure | None = None
    ended: bool = False
    """Whether it ended the whole run, by ``exit()``."""
    slow: bool = False
    """Whether it was interrupted because the time was over."""


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag="ready"):
    """All cells were run."""

    functions: Annotated[dict[Short, Short], msgspec.Meta(max_length=100)]
    """What the names hold: ``callable``, or the name of a type; names that are not there are left out."""


FromWorker: TypeAlias = Confined | Cell | Ready


# ---- to and from a copy


class Order(msgspec.Struct, frozen=True, kw_only=True, tag="call"):
    """Call a function."""

    function: str
    holder: int | None = None
    """Which object is the first argument, by a number of our choice."""
    kind: str = ""
    """What the class of that object is called."""
    attributes: Attributes = {}
    """What to set on that object before."""
    arguments: list[Value] = []
    stored: list[str] | None = None
    """Which attributes of the object to tell afterwards; None for all."""
    watch: bool = False
    """Whether to read what it draws."""
    prepare: bool = False
    """Whether it only prepares the object: nothing comes back, and where it fails the object is made anew."""
    last: bool = False
    """Whether the object is not needed any more afterwards."""


class Orders(msgspec.Struct, frozen=True):
    """Calls that are made one after the other, each with a reply of its own."""

    orders: list[Order]


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag="answer"):
    """What one call gave."""

    value: Value = None
    failure: Failure | None = None
    attributes: Annotated[dict[Short, Left], msgspec.Meta(max_length=40)] = {}
    """Attributes of the first argument after the call."""
    arguments: Annotated[list[Left], msgspec.Meta(max_length=4)] = []
    """The other arguments after the call."""
    drawings: Annotated[list[Drawing], msgspec.Meta(max_length=20)] = []
    output: Words = ""
    """What was printed meanwhile."""


# ---- from the keeper


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The keeper's last word on a submission: all its processes are gone."""

    seconds: float
    """Processor time that they used."""
    memory: int
    """Largest resident size of one of them, in bytes."""
    left: int
    """Processes that outlived the worker and were ended."""
