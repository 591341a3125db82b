"""A student's errors in the form that crosses the wall: texts and numbers, each with a largest size."""

from typing import Annotated, Literal

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0, le=2**40)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=600)]
Number = Annotated[int, msgspec.Meta(ge=0, le=10**6)]
Shape = Annotated[list[Count], msgspec.Meta(max_length=8)]


class CodeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the student's own code on the way to an error."""

    cell: Number = 0
    """Number of its cell, counted from 1; 0 if it is in no cell."""
    file: Short = ""
    """The file that was handed in with the submission and that it is in, if it is in no cell."""
    line: Number
    function: Short = ""
    """The function that it is in; empty outside of functions."""
    text: Short = ""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """Why a name does not exist although a cell defines it."""

    how: Literal["failed", "later", "ended", "skipped"]
    """What happened to that statement: it failed, comes later, comes after the end of the run, or was skipped."""
    cell: Number
    line: Number = 0
    kind: Short = ""
    """Name of the type of the error with which it failed."""
    text: Text = ""


class Failure(msgspec.Struct, frozen=True, kw_only=True, tag="failure"):
    """A student's error."""

    kind: Short
    """Name of its type."""
    text: Text = ""
    trace: Annotated[list[CodeLine], msgspec.Meta(max_length=20)] = []
    """The lines of the student's own code that led to the error. The last one raised it."""
    caret: tuple[Number, Number] | None = None
    """For a line that Python cannot read: the first and the last character that is wrong, counted from 0."""
    name: Short = ""
    """The name, attribute or module that does not exist."""
    owner: Short = ""
    """The type of the object, or the module, that lacks the attribute."""
    held: bool = False
    """Whether that object is the one that the function stores its results on."""
    has: Annotated[list[Short], msgspec.Meta(max_length=20)] = []
    """The attributes of that object."""
    near: Short = ""
    """A name that exists and is similar."""
    operands: Annotated[list[tuple[Short, Shape]], msgspec.Meta(max_length=4)] = []
    """Arrays and numbers that met in the line that raised the error: the source of each one, and its shape."""
    nothing: Short = ""
    """The source of a value in that line that is None."""
    because: Cause | None = None
    """Why the name does not exist."""

    @property
    def line(self) -> int | None:
        """The line that raised the error."""
        return self.trace[-1].line if self.trace else None
