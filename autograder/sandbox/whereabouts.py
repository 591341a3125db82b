"""Where the text of a missing function is, if it does not exist after all cells have run."""

import re

from .places import Places
from .submission import Submission


def whereabouts(name: str, submission: Submission, places: Places) -> str:
    """Say where the text of a missing function is, and what to do; empty if it is nowhere.

    Args:
        name: its name.
        submission: the submission. All of its cells have run, and no error explains why the function is missing.
        places: names the cells.
    """
    found = re.compile(rf"^(?P<before>[ \t]*)(?:async[ \t]+)?def[ \t]+{re.escape(name)}[ \t]*\(", re.MULTILINE)
    inner = ""
    for number, source in enumerate(submission.cells, 1):
        place = places.name(number)
        for match in found.finditer(source):
            if source.lstrip().startswith("%%"):
                return f"{place} contains it, but the cell begins with %%: is it run? Is the function deleted later?"
            if not match["before"]:
                return (
                    f"{place} contains it, but it does not exist after all cells have been run: is it part of a "
                    "string, or deleted in another cell?"
                )
            inner = inner or (
                f"{place} defines it inside a class, another function or a block: begin its def at the left margin"
            )
    if inner:
        return inner
    if any(found.search(text) for text in submission.unrun):
        return "it is in a Markdown or Raw cell, and only Code cells are run: change the type of the cell to Code"
    return ""
