"""Shapes that do not fit together, in the letters of the handout."""

import re
from collections.abc import Mapping, Sequence

#: What numpy says about shapes that do not fit, and what the operation needs.
_PATTERNS = [
    (r"not have enough dimensions", "One side of the product is a single number, or None; both must be arrays."),
    (r"matmul:|not aligned", "In a product A @ B, the last size of A and the first size of B must be the same."),
    (r"could not be broadcast together", "Compared from the right, two sizes must be equal, or one of them must be 1."),
    (r"could not broadcast input array", "The value must have the same shape as the place where it is stored."),
    (r"cannot reshape array", "A new shape must have as many entries as the array."),
    (r"all the input array|must have same number of dimensions|must have the same shape", (
        "Arrays that are joined must have the same sizes along the other axes."
    )),
    (r"out of bounds for axis", "With n entries along an axis, the indices run from 0 to n - 1."),
]  # fmt: skip

_SHAPE = re.compile(r"\((\d+(?:,\s*\d+)*,?|)\)")


def misfit(text: str, operands: Sequence[tuple[str, Sequence[int]]], sizes: Mapping[str, int]) -> str:
    """Explain an error about shapes; empty if it is about something else.

    Args:
        text: the error's text.
        operands: the arrays that met: the source of each one, and its shape.
        sizes: the sizes of the arguments by the letters of the handout.

    >>> misfit("cannot reshape array of size 6 into shape (4,)", [("x", [3, 2])], {"M": 3, "N": 2})
    'x has shape (3, 2), that is (M, N). A new shape must have as many entries as the array.'
    """
    rule = next((rule for pattern, rule in _PATTERNS if re.search(pattern, text)), "")
    if not rule:
        return ""
    if operands:
        found = [(f"{source} has shape" if shape else f"{source} is", shape) for source, shape in operands]
    else:
        shapes = [[int(size) for size in match.split(",") if size.strip()] for match in _SHAPE.findall(text)]
        found = [("one shape is", shapes[0]), ("the other is", shapes[1])] if len(shapes) == 2 else []
    told = "; ".join(f"{what} {_spelled(shape, sizes)}" for what, shape in found[:3])
    if not told and (pair := re.search(r"size (\d+) is different from (\d+)", text)):
        told = f"the sizes {_sized(int(pair[1]), sizes)} and {_sized(int(pair[2]), sizes)} are different"
    told = told[:1].upper() + told[1:] if told and not operands else told
    strange = sorted({size for _, shape in operands for size in shape} - {0, 1, *sizes.values()}) if sizes else []
    known = ", ".join(f"{letter} = {size}" for letter, size in sizes.items())
    rule += "".join(f" No argument has the size {size} here: {known}." for size in strange[:1])
    return f"{told}. {rule}" if told else rule


def _spelled(shape: Sequence[int], sizes: Mapping[str, int]) -> str:
    """A shape in numbers, and also in letters if at least one of them is certain.

    A single size may be equal to that of an argument by accident, so only the size of the argument is shown.
    """
    if not shape:
        return "a single number"
    comma = "," if len(shape) == 1 else ""
    numbers = f"({', '.join(map(str, shape))}{comma})"
    letters = [_letter(size, sizes) or str(size) for size in shape]
    spelled = f"({', '.join(letters)}{comma})"
    if spelled == numbers:
        return numbers
    return f"{numbers}, where {letters[0]} = {shape[0]}" if len(shape) == 1 else f"{numbers}, that is {spelled}"


def _sized(size: int, sizes: Mapping[str, int]) -> str:
    letter = _letter(size, sizes)
    return f"{size} ({letter})" if letter else str(size)


def _letter(size: int, sizes: Mapping[str, int]) -> str:
    """The only letter that stands for a size; empty for 1, which any axis may have by accident."""
    letters = [letter for letter, value in sizes.items() if value == size]
    return letters[0] if size != 1 and len(letters) == 1 else ""
