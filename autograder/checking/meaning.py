"""One or two sentences on what common errors mean."""

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from .fitting import misfit

#: How to import common libraries under their usual names.
_IMPORTS = {
    "np": "import numpy as np", "numpy": "import numpy", "plt": "import matplotlib.pyplot as plt",
    "nx": "import networkx as nx", "networkx": "import networkx", "pd": "import pandas as pd", "math": "import math",
    "scipy": "import scipy", "random": "import random", "matplotlib": "import matplotlib",
}  # fmt: skip

#: What an error means, by the name of its type, if nothing else is known.
_BY_KIND = {
    "NotImplementedError": "It still contains the stub from the handout.",
    "NameError": "It uses a name that the notebook does not define, or defines only in a cell that failed.",
    "SystemExit": "It calls something that ends the program: exit(), or a tool such as argparse or unittest.main().",
    "ZeroDivisionError": "A number is divided by zero.",
    "KeyError": "A dictionary, or another container, has no such key.",
    "IndexError": "An index is outside an array or a list: with n entries, the indices run from 0 to n - 1.",
    "RecursionError": "The function calls itself again and again.",
    "AssertionError": "An assert in your own code failed.",
    "OverflowError": "A number is too large for a function of the module math.",
    "PermissionError": (
        "During grading, code cannot start other programs, use the network, or change any files but its own."
    ),
    "ImportError": "Something that this needs is not installed during grading: do without it.",
    "FileNotFoundError": "There is no such file during grading: only files that were handed in are there.",
    "UnboundLocalError": (
        "The function assigns this name somewhere, so it is a variable of the function, but it has no value yet on "
        "this line. Give it a value first, or pass it as an argument."
    ),
    "SyntaxError": "Python cannot read this cell, so nothing in it was run.",
    "IndentationError": "The lines of a block must begin with the same number of spaces. Nothing in this cell was run.",
    "TabError": "The lines of a block must all begin with spaces, not tabs. Nothing in this cell was run.",
}

#: What an error means, by its text: the first pattern that is found.
_BY_TEXT = [
    (r"truth value of an array", "An if, and, or, min or max needs a single True or False, but gets a whole array."),
    (r"expected an indented block", "A line that ends in a colon needs an indented line after it."),
    (r"inhomogeneous shape", "An array is made of rows that do not all have the same length."),
    (r"setting an array element with a sequence", "An array or a list is stored where a single number is needed."),
    (r"only (?:length-1|0-dimensional|size-1|integer scalar) arrays", "An array is used where a number is needed."),
    (r"only integers, slices", "An index must be a whole number: divide with //, or use int()."),
    (r"too many indices", "The array has fewer axes than there are indices in the brackets."),
    (r"object is not callable", (
        "The value before the parentheses is not a function: is a name used twice, or a * missing?"
    )),
    (r"object is not subscriptable", "The value before the square brackets has no entries."),
    (r"^(?:uniform|normal|random|random_sample|randint)\(\) takes at most|^Cannot interpret '\d+' as a data type", (
        "The shape is one argument, a tuple: size=(rows, columns) for random numbers, and np.zeros((rows, columns))."
    )),
    (r"(?:takes|missing|got an unexpected|got multiple values)\b.*argument", (
        "A function on this line is called with different arguments from those in its definition."
    )),
    (r"Cannot cast ufunc .* to dtype\('u?int", (
        "An array of whole numbers cannot hold numbers with decimals: make it with np.zeros(...), which holds floats."
    )),
    (r"could not convert string to float|invalid literal for int", "A string is used where a number is needed."),
    (r"can only concatenate str|must be str, not|unsupported operand .*'str'", "A string and a number are combined."),
]  # fmt: skip

if sys.version_info < (3, 12):
    _BY_TEXT.append((r"f-string: (?:unmatched|expecting)|f-string expression part", (
        f"Work is graded with Python 3.{sys.version_info.minor}. There, the braces of an f-string must not contain a "
        "backslash or the quotes around the string: use the other kind of quotes inside. Python 3.12 allows both."
    )))  # fmt: skip

#: What Python 3.12 reads and older versions do not: ``def first[T](items)``, ``class Box[T]`` and ``type Row = list``.
_NEW_SYNTAX = r"\s*(?:(?:async )?def \w+\[|class \w+\[|type \w+(?:\[[^]]*\])? ?=)"
_NEWER = (
    f"Work is graded with Python 3.{sys.version_info.minor}, which cannot read this: type parameters in square "
    "brackets, and the word type before a name, came with Python 3.12."
)

_NONE = (
    "{} None. A function without return gives None, and so do functions that change their argument, such as "
    "list.append or np.random.shuffle."
)


def meaning_of(trouble: Any, sizes: Mapping[str, int]) -> tuple[str, str]:
    """Return the topic of an error, and what it means; either may be empty.

    Args:
        trouble: the error; see ``explaining.Trouble``.
        sizes: the sizes of the arguments by the letters of the handout.
    """
    kind, text = trouble.kind, trouble.text
    if not trouble.known:
        return "", _BY_KIND.get(kind, "")
    if _is_about_none(trouble):
        return "none", _NONE.format(f"{trouble.nothing} is" if trouble.nothing else "A value on this line is")
    if kind == "TypeError" and not trouble.steps:
        return "arguments", "It is called with positional arguments, in the order that the handout gives."
    if kind in {"ValueError", "IndexError"} and (told := misfit(text, trouble.operands, sizes)):
        return "shapes", told
    if kind == "SyntaxError" and trouble.steps and re.match(_NEW_SYNTAX, trouble.steps[-1].text):
        return "text", _NEWER
    told_of = _TOLD.get(kind)
    if told_of is not None and trouble.name:
        return told_of(trouble)
    for pattern, told in _BY_TEXT:
        if re.search(pattern, text):
            return "text", told
    return "", _BY_KIND.get(kind, "")


def _is_about_none(trouble: Any) -> bool:
    if trouble.kind == "ValueError":  # numpy takes None for an array without axes
        return bool(trouble.nothing) and "not have enough dimensions" in trouble.text
    return "NoneType" in trouble.text and trouble.kind in {"TypeError", "AttributeError"}


def _of_name(trouble: Any) -> tuple[str, str]:
    name = trouble.name
    if trouble.because:
        return "name", f"{name} is missing because {trouble.because}."
    if name in _IMPORTS:
        return "name", f"{name} is not imported: write {_IMPORTS[name]} in the first cell."
    if trouble.near:
        return "name", f"Did you mean {trouble.near}?"
    return "name", (
        f"No cell defines {name}. Did you delete or rename it? Restart the kernel and run all cells, and you will see "
        "the same error."
    )


def _of_attribute(trouble: Any) -> tuple[str, str]:
    name, owner = trouble.name, trouble.owner
    near = f" Did you mean {trouble.near}?" if trouble.near else ""
    if trouble.held:
        has = ", ".join(trouble.has)
        return "attribute", f"The {owner} has no attribute {name}; " + (
            f"it has {has}." if has else "it has none."
        ) + near
    if owner.startswith("module "):
        return "other attribute", f"The {owner} has nothing called {name} in the version that is installed here.{near}"
    line = trouble.steps[-1].text if trouble.steps else ""
    value = next((source for source, _ in trouble.operands if f"{source}.{name}" in line), "A value on this line")
    if value in _IMPORTS:
        told = f"{value} is of type {owner} here: is the name {value} used for something else as well?"
    else:
        told = near.strip() or (f"{value} is of type {owner}: is it what you expect there?" if owner else "")
    return "other attribute", told


def _of_module(trouble: Any) -> tuple[str, str]:
    package = trouble.name.partition(".")[0]
    if trouble.near:
        return "module", f"Did you mean {trouble.near}?"
    return "module", (
        f"There is no module {package} during grading: use only the packages that the handout names. If it is a file "
        "of your own, hand it in as well."
    )


_TOLD: dict[str, Callable[[Any], tuple[str, str]]] = {
    "NameError": _of_name,
    "AttributeError": _of_attribute,
    "ModuleNotFoundError": _of_module,
}
