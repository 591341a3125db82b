"""Make records anonymous: remove the names of those who handed them in.

Only the known names of a submission, and anything that looks like a file name, are removed from its texts. What a
student printed or drew may still hold other names.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from ..grading.gradescope import gradescope_results
from ..grading.people import Entry, Student
from ..grading.results import OurPart, Record, record_of
from ..grading.seen import CellRun, Thumbnail

REMOVED = "[removed]"

#: Words of our own messages. They stay, even if they are the name of a file.
_ORDINARY = frozenset({"cell", "line", "model", "notebook", "submission"})

#: A name of a file. No file system has longer ones, and a search from each letter of a long word would take minutes.
_FILE = re.compile(r"(?<![^\s'\"/\\:,;()<>‹])[^\s'\"/\\:,;()<>‹]{1,255}\.(?:ipynb|py|zip)\b", re.IGNORECASE)

_Hide = Callable[[str], str]


def without_names(records: Sequence[Record]) -> list[Record]:
    """Return the records without names, IDs and addresses of students, and without names of files and folders.

    They are named ``submission 001`` and so on. The order gives nothing away, and is the same for the same records.
    """
    ordered = sorted(records, key=lambda record: _shuffled(f"{record.ours.key}\n{record.ours.file}"))
    digits = max(3, len(str(len(ordered))))
    stems = Counter(stem for record in ordered for stem in _stems(record.ours))
    shared = {stem for stem, count in stems.items() if count > 1}
    return [
        _without_name(record, f"submission {number:0{digits}}", _hider(_known_names(record.ours, shared)))
        for number, record in enumerate(ordered, 1)
    ]


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _without_name(record: Record, label: str, hide: _Hide) -> Record:
    part = record.ours
    anonymous = replace(
        part,
        file=label,
        path="",
        autograder="",
        entry=Entry(),
        chosen="",
        unread=hide(part.unread),
        key="",
        changes=[
            replace(change, by="", comment=hide(change.comment), student=change.student and Student(name=REMOVED))
            for change in part.changes
        ],
        status=hide(part.status),
        cases=[replace(case, message=hide(case.message), staff=hide(case.staff)) for case in part.cases],
        cells=[_cell_run(cell, hide) for cell in part.cells],
        note=hide(part.note),
        printed=[replace(one, place=hide(one.place), text=hide(one.text)) for one in part.printed],
        staff=hide(part.staff),
        drawing=part.drawing and _thumbnail(part.drawing, hide),
        pictures=[],  # nobody can take a name out of a picture
    )
    about = replace(record.extra_data.about, key="")
    return record_of(gradescope_results(anonymous, anonymous.shown), anonymous, about)


def _cell_run(cell: CellRun, hide: _Hide) -> CellRun:
    return replace(cell, output=hide(cell.output), error=cell.error and hide(cell.error))


def _thumbnail(drawing: Thumbnail, hide: _Hide) -> Thumbnail:
    return replace(drawing, texts=[(hide(text), *place) for text, *place in drawing.texts])


def _stems(part: OurPart) -> set[str]:
    """Parts of a submission's path that may be a student's name: the file name without its suffix, and the folder."""
    paths = PurePath(part.path), PurePath(part.file)
    return {text for path in paths for text in (path.stem, path.parent.name) if len(text) > 3} - _ORDINARY


def _known_names(part: OurPart, shared: set[str]) -> set[str]:
    """Names that may tell whose submission it is. A folder or file name that several submissions share is not one."""
    names = {part.path, part.file, PurePath(part.path).name, PurePath(part.file).name} | (_stems(part) - shared)
    names |= {PurePath(earlier).name for earlier in part.entry.earlier}
    for student in part.entry.students:
        for one in (student.name, student.id, student.email):
            names |= {one, one.split("@")[0], *(word for word in one.replace(",", " ").split() if len(word) > 2)}
    return {name for name in names if len(name) > 1}


def _hider(names: set[str]) -> _Hide:
    """Return a function that removes these names, and anything that looks like a file name, from a text."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    known = re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w)", re.IGNORECASE)
    return lambda text: _FILE.sub(REMOVED, known.sub(REMOVED, text))
