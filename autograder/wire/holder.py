"""The plain object that some functions take as their first argument to store their results on."""

from abc import ABC, ABCMeta
from collections.abc import Iterable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, Generic


class Holder:
    """A plain object that takes attributes. An assignment may give it another name: ``class Model(Holder)``."""


#: What runs code of a class when an object is made, or when an attribute is read or set.
_SPECIAL = {"__new__", "__getattribute__", "__setattr__", "__delattr__", "__init_subclass__"}
#: Python's own classes that have some of these, but still keep attributes in ``__dict__``.
_KNOWN = (SimpleNamespace, Generic, ABC)
#: What Python adds to every class.
_OF_ALL = {"__dict__", "__weakref__"}


class _Unset:
    """Takes the place of a property with a setter, or of a slot, so that its value goes into the ``__dict__``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        if owner is None:
            return self
        told = f"{type(owner).__name__!r} object has no attribute {self.name!r}"
        raise AttributeError(told, name=self.name, obj=owner)


def holder_class(name: str, own: Any) -> type[Holder]:
    """Return a class of this name whose objects are also instances of a student's own class, if that is plain.

    Handouts define such a class, so functions may check that they were given one of its objects, call its methods or
    read its properties. Its ``__init__`` is never called.

    Args:
        name: the name of the class.
        own: what has this name in the student's notebook; anything.
    """
    plain = type(name, (Holder,), {"__init__": object.__init__})
    if not _is_plain(own) or issubclass(own, Holder):
        return plain
    settable = {of: _Unset(of) for part in own.__mro__[:-1] for of, value in vars(part).items() if _keeps(of, value)}
    try:
        kind = type(name, (Holder, own), {"__init__": object.__init__, **settable})
    except TypeError:
        return plain
    return plain if vars(kind).get("__abstractmethods__") else kind


def of_class(holder: Holder, kind: type[Holder]) -> Holder:
    """Turn an object into one of another class. If Python cannot, return a new one with its attributes."""
    try:
        holder.__class__ = kind
    except TypeError:
        other = kind()
        vars(other).update(vars(holder))
        return other
    return holder


def put(holder: Any, name: str, value: Any) -> None:
    """Set an attribute without running any code of the class, even if the class has a property of this name."""
    if hasattr(type(_of_class(holder, name)), "__set__"):
        setattr(type(holder), name, _Unset(name))
    vars(holder)[name] = value


def read_properties(holder: Any, names: Iterable[str]) -> None:
    """Keep the values of properties that have these names, as if they had been stored. This runs their code."""
    for name in names:
        if isinstance(_of_class(holder, name), property):
            with suppress(Exception):
                vars(holder)[name] = getattr(holder, name)


def _of_class(holder: Any, name: str) -> Any:
    for part in type(holder).__mro__:
        if name in part.__dict__:
            return part.__dict__[name]
    return None


def _is_plain(own: Any) -> bool:
    """Whether attributes of an object of this class are kept in its ``__dict__``, and nothing is run to set them."""
    return type(own) in {type, ABCMeta} and all(
        part in _KNOWN or (type(part) in {type, ABCMeta} and not _SPECIAL & vars(part).keys())
        for part in own.__mro__[:-1]
    )


def _keeps(name: str, value: Any) -> bool:
    """Whether an attribute of a class keeps values elsewhere. A property that can only be read does not."""
    reads_only = type(value) is property and value.fset is None and value.fdel is None
    return hasattr(type(value), "__set__") and not reads_only and name not in _OF_ALL
