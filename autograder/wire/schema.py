"""The messages that cross the wall, and the plain values in them.

Every list, text and array has a maximum size. A value that is not a number, text, array, list, dictionary or network
crosses as ``Odd``: the name of its type, and its content as an array if numpy can read it.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from .facts import Drawing
from .failures import Cause, Count, Failure, Short

Words = Annotated[str, msgspec.Meta(max_length=20_000)]

#: Types of array entries that may cross, in the notation of numpy's ``dtype.str`` without the byte order.
DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "f16", "c8", "c16", "c32")
DType = Literal["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "f16", "c8", "c16", "c32"]


class Array(msgspec.Struct, frozen=True, tag="array"):
    """A numpy array or scalar: its entries in C order and the machine's byte order."""

    dtype: DType
    shape: Annotated[list[Count], msgspec.Meta(max_length=8)]
    data: Annotated[bytes, msgspec.Meta(max_length=4 * 2**20)]
    generic: bool = False
    """Whether it was a numpy scalar."""


class Large(msgspec.Struct, frozen=True, tag="large"):
    """An integer of more than 64 bits."""

    digits: Annotated[str, msgspec.Meta(pattern=r"^-?[0-9a-f]{1,2500}\Z")]
    """In hexadecimal."""


def large(number: int) -> Large | None:
    """An integer for the wire; None if it has too many digits."""
    return Large(f"{number:x}") if number.bit_length() <= 10_000 else None


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list or a tuple."""

    tuple: bool
    values: "Annotated[list[Value], msgspec.Meta(max_length=20_000)]"


class Pairs(msgspec.Struct, frozen=True, tag="pairs"):
    """A dictionary."""

    pairs: "Annotated[list[tuple[Value, Value]], msgspec.Meta(max_length=2000)]"


class Odd(msgspec.Struct, frozen=True, tag="odd"):
    """A value that cannot cross as it is."""

    kind: Short
    """Name of its type."""
    array: Array | None = None
    """Its content, if numpy can read it."""


class Edge(msgspec.Struct, frozen=True, array_like=True):
    """An edge of a network."""

    tail: Count
    """Index of a node."""
    head: Count
    attributes: Annotated[dict[Short, Short], msgspec.Meta(max_length=20)]
    """The attributes that are texts."""


class Network(msgspec.Struct, frozen=True, tag="network"):
    """Nodes and edges, as networkx has them."""

    directed: bool
    multi: bool
    nodes: Annotated[list[Short | Annotated[list[Short], msgspec.Meta(max_length=8)]], msgspec.Meta(max_length=500)]
    """The names of the nodes. A list stands for a tuple."""
    edges: Annotated[list[Edge], msgspec.Meta(max_length=2000)]


Value: TypeAlias = (
    bool
    | Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
    | float
    | Words
    | (Array | Large | Items | Pairs | Odd | Network | None)
)

#: A value that is nested more deeply than this does not cross.
DEEPEST = 6

Attributes = Annotated[dict[Short, Value], msgspec.Meta(max_length=40)]


class Same(msgspec.Struct, frozen=True, tag="same"):
    """Stands for a value that was sent with the call and has not changed."""


Left: TypeAlias = Value | Same


# ---- to the warm parent


class Attach(msgspec.Struct, frozen=True, tag="attach"):
    """Listen to one more of our processes. Its channel comes with the message."""


class Keep(msgspec.Struct, frozen=True, tag="keep"):
    """Fork a keeper. Its channel comes with the message."""

    libraries: list[str]
    """Extra libraries that it imports, for submissions that need them."""


ToParent: TypeAlias = Attach | Keep


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The resources that a student's process may use."""

    cpu_seconds: int
    memory: int
    """Bytes of address space."""
    file_size: int
    """Bytes of one file."""
    files: int
    """Open files, with the reserve for our own work."""
    processes: int
    """Processes and threads of the user."""
    spare_processes: int = 0
    """How many more are in reserve, for copies of a worker that has many."""


class Spawn(msgspec.Struct, frozen=True, kw_only=True, tag="spawn"):
    """Fork the worker of one submission. Its channel comes with the message."""

    user: int | None
    """User and group id to run as; None to keep the current user."""
    scratch: str
    """An empty folder that belongs to that user."""
    secrets: list[str]
    """Paths that student code must not be able to read. This is checked before any student code runs."""
    limits: Limits
    confine: bool = True


class Prune(msgspec.Struct, frozen=True, tag="prune"):
    """End all processes of the submission except its worker. One byte comes back when they are gone."""


class End(msgspec.Struct, frozen=True, tag="end"):
    """End all processes of the submission and remove its files."""


ToKeeper: TypeAlias = Spawn | Prune | End


# ---- to the worker


class Run(msgspec.Struct, frozen=True, kw_only=True, tag="run"):
    """Run these cells."""

    name: str
    """Path of the notebook or script inside the submission."""
    functions: list[str]
    """Names of the functions that will be called."""
    cells: list[str]
    skip: list[int]
    """Numbers of the cells to leave out, counted from 1: they ended the process or could not be interrupted before."""
    seed: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]
    """Seeds the global random generators, before the cells and again in every copy."""


class File(msgspec.Struct, frozen=True, tag="file"):
    """A file of the submission, to be written to the working directory."""

    name: str
    content: bytes


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """Fork a copy that answers calls. Its channel comes with the message."""


ToWorker: TypeAlias = Run | File | Fork


# ---- from the worker


class Confined(msgspec.Struct, frozen=True, kw_only=True, tag="confined"):
    """The confinement that is in force. Sent before any student code runs."""

    layers: Annotated[list[Short], msgspec.Meta(max_length=20)]
    missing: Annotated[list[Short], msgspec.Meta(max_length=20)]
    readable: Annotated[list[str], msgspec.Meta(max_length=200)]
    """The secrets that can be read in spite of it."""
    refused: Short = ""
    """Why the process could not be confined as requested. It then does nothing more."""
    keeper: Count = 0
    """The process id of the keeper."""
    worker: Count = 0
    """The process id of the worker."""


class Cell(msgspec.Struct, frozen=True, kw_only=True, tag="cell"):
    """A cell that has run."""

    number: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    output: Words = ""
    failures: Annotated[list[Failure], msgspec.Meta(max_length=20)] = []
    """The failures of its statements. The statements after them have run as well."""
    ended: bool = False
    """Whether it ended the whole run with ``exit()``."""
    slow: bool = False
    """Whether it was interrupted because the time was up."""


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag="ready"):
    """All cells have run."""

    functions: Annotated[dict[Short, Short], msgspec.Meta(max_length=100)]
    """For each requested name that exists: ``callable``, or the name of its value's type."""
    missing: Annotated[dict[Short, Cause], msgspec.Meta(max_length=100)] = {}
    """Why requested names are missing, where it is known."""
    near: Annotated[dict[Short, Short], msgspec.Meta(max_length=100)] = {}
    """For requested names that are missing: the name of a function that is probably meant."""
    notes: Annotated[list[Words], msgspec.Meta(max_length=20)] = []
    """Notes for the student about things that the student's side did differently."""
    threads: Annotated[int, msgspec.Meta(ge=0, le=10**6)] = 0
    """How many threads the cells left running."""


FromWorker: TypeAlias = Confined | Cell | Ready


# ---- to and from a copy


class Order(msgspec.Struct, frozen=True, kw_only=True, tag="call"):
    """Call a function."""

    function: str
    holder: int | None = None
    """Number of the object that is the first argument. Our side chooses the numbers."""
    kind: str = ""
    """Name of that object's class."""
    attributes: Attributes = {}
    """Attributes to set on that object before the call."""
    arguments: list[Value] = []
    stored: list[str] | None = None
    """Names of the object's attributes to send back; None for all."""
    watch: bool = False
    """Whether to read what the function draws."""
    prepare: bool = False
    """Whether the call only prepares the object. Then no value comes back. If it fails, a new object replaces it."""
    last: bool = False
    """Whether this is the last call that needs the object."""


class Orders(msgspec.Struct, frozen=True, tag="calls"):
    """Calls to make one after another, each with its own reply."""

    orders: list[Order]


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag="answer"):
    """The result of one call."""

    value: Value = None
    failure: Failure | None = None
    attributes: Annotated[dict[Short, Left], msgspec.Meta(max_length=40)] = {}
    """Attributes of the first argument after the call."""
    arguments: Annotated[list[Left], msgspec.Meta(max_length=4)] = []
    """The other arguments after the call."""
    drawings: Annotated[list[Drawing], msgspec.Meta(max_length=20)] = []
    output: Words = ""
    """The text that the call printed."""


# ---- from the keeper


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The keeper's final report on a submission: all its processes are gone."""

    seconds: float
    """Processor time that they used."""
    memory: int
    """Largest resident size of any of them, in bytes."""
    left: int
    """Number of processes other than the worker that were still alive and had to be ended."""
