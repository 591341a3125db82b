"""The plain object that some functions take as their first argument to store their results on."""

from typing import Any


class Holder:
    """A plain object that takes attributes. An assignment may give it another name: ``class Model(Holder)``."""


#: What makes a class more than a bag of attributes.
_SPECIAL = {
    "__new__", "__slots__", "__getattr__", "__getattribute__", "__setattr__", "__delattr__", "__init_subclass__",
}  # fmt: skip
#: What Python adds to every class.
_OF_ALL = {"__dict__", "__weakref__"}


def holder_class(name: str, own: Any) -> type[Holder]:
    """Return a class of this name whose objects are also instances of a student's own class, if that is plain.

    Handouts define such a class, so functions may check that they were given one of its objects, or call its methods.
    Its ``__init__`` is never called.

    Args:
        name: the name of the class.
        own: what has this name in the student's notebook; anything.
    """
    bases = (Holder, own) if _is_plain(own) and not issubclass(own, Holder) else (Holder,)
    try:
        return type(name, bases, {"__init__": object.__init__})
    except TypeError:
        return type(name, (Holder,), {})


def _is_plain(own: Any) -> bool:
    """Whether attributes of an object of this class are kept in its ``__dict__``, and nothing is run to set them."""
    return type(own) is type and all(
        type(part) is type
        and not _SPECIAL & vars(part).keys()
        and not any(hasattr(type(value), "__set__") for name, value in vars(part).items() if name not in _OF_ALL)
        for part in own.__mro__[:-1]
    )
