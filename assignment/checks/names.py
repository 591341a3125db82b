r"""Read the names of nodes and the labels of edges in all spellings that the contract accepts.

A name is normalised in steps: Unicode forms are folded (``x₁`` becomes ``x1``, ``ℒ`` becomes ``L``), TeX is stripped to
its letters (``\mathbf{x}_{1}`` becomes ``x_1``), then a grammar of three rules reads the rest.
"""

import re
import unicodedata
from typing import Any, NamedTuple


class Name(NamedTuple):
    """The meaning of a node's name."""

    kind: str
    """One of x, s, a, z, yhat, y and L for a quantity, or W, R and V for a parameter."""
    t: int | None
    """The time step; None for a parameter."""

    def __str__(self) -> str:
        return self.kind if self.t is None else f"{self.kind}({self.t})"


#: An edge: where it starts, and where it leads.
Edge = tuple[Name, Name]

PARAMETERS = ("W", "R", "V")

#: No text with a name in it is longer, in characters, and no name is once its TeX is stripped.
_LONGEST_TEXT, _LONGEST_NAME = 200, 100

_KINDS = {
    **dict.fromkeys(["x"], "x"),
    **dict.fromkeys(["s"], "s"),
    **dict.fromkeys(["a"], "a"),
    **dict.fromkeys(["z"], "z"),
    **dict.fromkeys(["y"], "y"),
    **dict.fromkeys(["yhat", "y_hat", "haty", "ŷ", "sigma", "sigmoid", "σ"], "yhat"),
    **dict.fromkeys(["l", "loss", "bce", "lbce", "l_bce", "ell"], "L"),
}
_WORDS = "|".join(sorted((re.escape(word) for word in _KINDS), key=len, reverse=True))

# What may be between letter and number: brackets, ^, _ and "t =" in any mixture. A minus sign must come first.
_GAP = r"(?:[\s_^(\[{<⟨,.:|@]|[tτ](?:\s*=)?)*"
_CLOSE = r"[\s)\]}>⟩]*"
_PLAIN = re.compile(rf"(?P<word>{_WORDS})\s*-?{_GAP}(?P<t>\d+){_CLOSE}")
_ARGUMENTS = re.compile(rf"(?P<word>{_WORDS}){_GAP}(?P<inner>.*\d.*)", re.DOTALL)
_OWN_WORD = re.compile(rf"(?P<word>[^\W\d_]+)\s*-?{_GAP}(?P<t>\d+){_CLOSE}")
_TUPLE = re.compile(r"(?:\(|[^\W\d]\w*\(\w+=)(?P<first>[^(),]+),(?:\s*\w+=)?(?P<second>[^(),]+)\)")
_TEX_COMMAND = re.compile(r"\\(?P<word>[A-Za-z]+)\*?")
_TEX_WORDS = {"hat": "hat", "widehat": "hat", "ell": "ell", "sigma": "sigma", "cdot": " ", "times": " ", "to": " "}


def read_name(node: Any) -> Name | None:
    """Read a node's name.

    Args:
        node: the node as it is in the graph: a string, a tuple like ``("x", 1)``, or anything with a ``str()``.

    Returns:
        The meaning of the name, or None if it is not a name in this network.
    """
    if isinstance(node, tuple):
        return _read_tuple(node)
    text = simplify(str(node))
    if text in {"w", "r", "v"}:
        return Name(text.upper(), None)
    if not _may_have_step(text):
        return None
    if match := _TUPLE.fullmatch(text):  # a tuple or a dataclass as networkx writes it
        return _read_tuple((match["first"].strip(), match["second"].strip()))
    if match := _PLAIN.fullmatch(text):
        return Name(_KINDS[match["word"]], int(match["t"]))
    if match := _ARGUMENTS.fullmatch(text):
        return _read_arguments(_KINDS[match["word"]], match["inner"])
    return None


def read_other(node: Any) -> tuple[str, int] | None:
    """Read a name with a letter or word of its own, such as ``h(1)``: the word and the time step."""
    if isinstance(node, tuple):
        node = f"{node[0]}({node[1]})" if len(node) == 2 else ""
    text = simplify(str(node))
    match = _OWN_WORD.fullmatch(text) if _may_have_step(text) else None
    return (match["word"], int(match["t"])) if match else None


def _may_have_step(text: str) -> bool:
    """Whether a text may be a name with a time step. The patterns are slow on what looks like one to the end."""
    return len(text) <= _LONGEST_NAME and re.search(r"\d", text) is not None


def _read_tuple(node: tuple[Any, ...]) -> Name | None:
    if len(node) == 1:
        return read_name(node[0])
    if len(node) != 2:
        return None
    first, second = str(node[0]), str(node[1])
    if re.fullmatch(r"\s*\d+\s*", first):
        first, second = second, first
    if not re.fullmatch(r"\s*(?:t\s*=?\s*)?\d+\s*", second):
        return None
    word = simplify(first)
    kind = _KINDS.get(word)
    return Name(kind, int(re.sub(r"\D", "", second))) if kind else None


def _read_arguments(kind: str, inner: str) -> Name | None:
    """Read ``L(z(1), y(1))`` or ``sigma(z(1))``. All time steps inside must agree, and all letters must be known."""
    if kind not in {"L", "yhat"}:
        return None
    steps = {int(number) for number in re.findall(r"\d+", inner)}
    letters = set(re.findall(r"[^\W\d_]+", inner, re.UNICODE)) - {"t", "τ"}
    known = {"z", "y", "yhat", "haty", "hat", "ŷ", "bce", "sigma", "σ", "a", "v"}
    return Name(kind, steps.pop()) if len(steps) == 1 and letters and letters <= known else None


def simplify(text: str) -> str:
    r"""Fold Unicode forms, strip TeX and lower the case.

    >>> simplify(r"$\mathbf{X}_{1}$")
    'x_1'
    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT])[:_LONGEST_TEXT].strip()  # one character may become 18
    text = text.replace("y\u0302", "ŷ").replace("Y\u0302", "ŷ")
    unseen = {c for c in set(text) if unicodedata.combining(c) or unicodedata.category(c) == "Cf"}
    text = "".join(c for c in text if c not in unseen) if unseen else text
    text = text.replace("$", "").replace(r"\left", "").replace(r"\right", "")
    text = re.sub(r"\\[,;:!> ]|~", " ", text)
    text = _TEX_COMMAND.sub(lambda m: _TEX_WORDS.get(m["word"], ""), text)
    text = re.sub(r"\s+", " ", text)  # otherwise the next pattern takes cubic time in the number of spaces
    text = re.sub(r"hat ?\{? ?\{? ?y ?\}? ?\}?", "yhat", text, flags=re.IGNORECASE)
    text = text.replace("{", "").replace("}", "").replace("*", "").replace("'", "").replace('"', "")
    text = re.sub(r"\s+", " ", text).strip().lower()
    return re.sub(r"^ŷ", "yhat", text)


def read_label(text: str) -> set[str]:
    """Return which of the parameters W, R and V a label names.

    >>> sorted(read_label("$W$ x(1)"))
    ['W']
    """
    words = re.findall(r"(?<![^\W\d_])([wrv])(?=[xa]?(?![^\W\d_]))", simplify(text))
    return {word.upper() for word in words}
