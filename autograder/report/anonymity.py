"""Taking out of results who handed them in.

What a student printed or drew may still hold a name: only the names that are known of a submission, and whatever looks
like the name of a file, are taken out of its texts.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from .reading import Cell, Drawing, Part, Result

REMOVED = "[removed]"

#: Words of our own messages, which stay even where a file is called so.
_ORDINARY = frozenset({"cell", "forward", "graph", "init", "line", "model", "notebook", "submission"})

_FILE = re.compile(r"[^\s'\"/\\:,;()<>‹]+\.(?:ipynb|py|zip)\b", re.IGNORECASE)

_Hide = Callable[[str], str]


def without_names(results: Sequence[Result]) -> list[Result]:
    """Return the results without names, numbers and addresses of students, and without files and folders.

    They are called ``submission 001`` and so on, in an order that tells nothing but is the same for the same results.
    """
    ordered = sorted(results, key=lambda result: _shuffled(f"{result.part.key}\n{result.part.file}"))
    digits = max(3, len(str(len(ordered))))
    stems = Counter(stem for result in ordered for stem in _stems(result.part))
    shared = {stem for stem, count in stems.items() if count > 1}
    return [
        _without_name(result, f"submission {number:0{digits}}", _hider(_known_names(result.part, shared)))
        for number, result in enumerate(ordered, 1)
    ]


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _without_name(result: Result, label: str, hide: _Hide) -> Result:
    part = result.part
    anonymous = replace(
        part,
        file=label,
        path="",
        autograder="",
        student=None,
        key="",
        status=hide(part.status),
        cases=[replace(case, message=hide(case.message), staff=hide(case.staff)) for case in part.cases],
        cells=[_cell(cell, hide) for cell in part.cells],
        note=hide(part.note),
        staff=hide(part.staff),
        drawing=part.drawing and _drawing(part.drawing, hide),
    )
    return replace(
        result,
        extra_data=replace(result.extra_data, autograder=anonymous),
        tests=[replace(test, output=hide(test.output)) for test in result.tests],
        output=hide(result.output),
    )


def _cell(cell: Cell, hide: _Hide) -> Cell:
    return replace(cell, output=hide(cell.output), error=cell.error and hide(cell.error))


def _drawing(drawing: Drawing, hide: _Hide) -> Drawing:
    return replace(drawing, texts=[(hide(text), *place) for text, *place in drawing.texts])


def _stems(part: Part) -> set[str]:
    """What of a submission's path may be called after its student: the file without its ending, and the folder."""
    paths = PurePath(part.path), PurePath(part.file)
    return {text for path in paths for text in (path.stem, path.parent.name) if len(text) > 3} - _ORDINARY


def _known_names(part: Part, shared: set[str]) -> set[str]:
    """What may tell whose submission it is; a folder or file name that several have in common does not."""
    names = {part.path, part.file, PurePath(part.path).name, PurePath(part.file).name} | (_stems(part) - shared)
    student = part.student
    for entry in (student.name, student.id, student.email) if student else ():
        for one in (entry, *entry.split(", ")):  # of a group
            names |= {one, one.split("@")[0], *(word for word in one.split() if len(word) > 2)}
    return {name for name in names if len(name) > 1}


def _hider(names: set[str]) -> _Hide:
    """A function that takes these names, and whatever looks like the name of a file, out of a text."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    known = re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w)", re.IGNORECASE)
    return lambda text: _FILE.sub(REMOVED, known.sub(REMOVED, text))
