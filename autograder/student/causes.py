"""What an error tells us besides its text: which name is missing and where, which name is similar, which shapes met.

The notebook and the grading process both use this, so a student reads the same words in both.
"""

import difflib
import keyword
from collections.abc import Iterable
from contextlib import suppress
from types import ModuleType, TracebackType
from typing import Any

from ..wire.holder import Holder
from .operands import operands
from .plain import clip, type_name

#: The most names that are searched for a similar one, and the most attributes that are shown.
_MOST_NAMES, _MOST_ATTRIBUTES = 1000, 20

#: Modules whose names are often misspelt.
_COMMON = ("numpy", "networkx", "matplotlib", "scipy", "pandas", "random", "math")


def facts_of(error: BaseException, step: TracebackType | None) -> dict[str, Any]:
    """Return what is known about an error; never raises.

    Args:
        error: the error.
        step: the innermost line of the student's own code on the way to it.

    Returns:
        Those of these that are known: ``name`` that is missing; ``owner`` that lacks it, as the name of a type or of a
        module; ``held``, whether that is the object that a function stores its results on, and ``has``, its
        attributes; ``near``, a similar name; ``operands``, which are sources of arrays with their shapes; ``nothing``,
        the source of an operand that is None.
    """
    facts: dict[str, Any] = {}
    with suppress(BaseException):  # a student's own types may raise anything
        name = getattr(error, "name", None)
        if isinstance(error, (NameError, AttributeError, ImportError)) and type(name) is str:
            facts["name"] = clip(name, 100)
            facts |= _lacking(error, name, step)
        if step is not None and isinstance(error, (ValueError, IndexError, TypeError, AttributeError)):
            shapes, nothing = operands(step)
            facts |= {
                "operands": [(clip(source, 100), shape) for source, shape in shapes],
                "nothing": clip(nothing, 100),
            }
    return facts


def _lacking(error: BaseException, name: str, step: TracebackType | None) -> dict[str, Any]:
    """What is known about a name or an attribute that does not exist."""
    if isinstance(error, AttributeError):
        owner = error.obj
        if isinstance(owner, ModuleType):
            return {"owner": clip(f"module {owner.__name__}", 100), "near": near(name, _contents(owner))}
        if isinstance(owner, Holder):
            has = [clip(attribute, 100) for attribute in list(vars(owner))[:_MOST_ATTRIBUTES]]
            return {"owner": type_name(owner), "held": True, "has": has, "near": near(name, has)}
        return {"owner": type_name(owner), "near": near(name, dir(type(owner)))}
    if isinstance(error, NameError) and step is not None:
        frame = step.tb_frame
        return {"near": near(name, [*frame.f_locals, *frame.f_globals])}
    return {"near": near(name, _COMMON)} if isinstance(error, ModuleNotFoundError) else {}


def _contents(module: ModuleType) -> list[str]:
    """The names in a module that are not modules themselves."""
    return [name for name, value in list(vars(module).items()) if not isinstance(value, ModuleType)]


def near(name: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant; empty if there is none."""
    known = {other for other in list(names)[:_MOST_NAMES] if type(other) is str and other.isidentifier()}
    known -= {name, *(other for other in known if other.startswith("_") or keyword.iskeyword(other))}
    alike = {other.lower(): other for other in sorted(known)}
    found = [alike[name.lower()]] if name.lower() in alike else difflib.get_close_matches(name, sorted(known), 1, 0.75)
    parts = [other for other in sorted(known) if len(name) > 3 and name.lower() in other.lower().split("_")]
    return clip((found or parts or [""])[0], 100)
