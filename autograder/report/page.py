"""report.html: one file with everything in it, which loads nothing from anywhere else."""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..grading.gradescope import gradescope_results
from ..grading.results import OUTCOMES, OurPart, Record
from .details import detail, row
from .items import ENOUGH, Item, declared_cases, distribution
from .views import staff_rows, student_view

#: The parts of the page's style and of its script, in this order.
_STYLES = ("base.css", "views.css", "report.css", "narrow.css")
_SCRIPTS = ("tools.js", "drawing.js", "detail.js", "table.js", "filter.js")


def render(records: Sequence[Record], items: Sequence[Item], assignment: str, folder: Path, anonymous: bool) -> str:
    """Return the page.

    Args:
        records: at least one submission.
        items: the statistics of the test cases, in the order of the page.
        assignment: its name, or an empty text.
        folder: the folder with the results, for the commands that grade again.
        anonymous: whether the page says that names were removed.
    """
    parts = [record.ours for record in records]
    marked = [part for part in parts if part.marked]
    declared, mixed = declared_cases(marked)
    cases = [(case.question, case.name) for case in declared]
    questions = _questions(parts)
    style, script = styles_of(_STYLES), _program()
    groups = [message.members for item in items for message in item.messages]
    numbers = iter(range(len(groups)))
    data = {
        "outcomes": OUTCOMES,
        "questions": [[name, possible] for name, possible in questions.items()],
        "cases": [[list(questions).index(case.question), case.name, case.hidden] for case in declared],
        "groups": groups,
        "rows": [row(part, cases, list(questions)) for part in parts],
        "ids": any(student.id for part in parts for student in part.entry.students),
    }
    totals = distribution("Total", [part.total for part in marked], sum(questions.values())) if marked else None
    context = {
        "title": f"{assignment}: {_counted(len(parts))}" if assignment else _counted(len(parts)),
        "assignment": assignment,
        "count": len(parts),
        "marked": len(marked),
        "counted": _counted,
        "enough": ENOUGH,
        "anonymous": anonymous,
        "mixed": mixed,
        "total": totals,
        "questions": [
            distribution(name, [part.points.get(name, 0.0) for part in marked], possible, most_bins=10)
            for name, possible in (questions.items() if marked else ())
        ],
        "items": [(item, [(next(numbers), message) for message in item.messages]) for item in items],
        "outcomes": OUTCOMES,
        "incomplete": Counter(part.fault for part in parts if not part.completed).most_common(),
        "unread": sum(bool(part.unread) for part in parts),
        "data": data,
        "details": [
            (
                detail(part, folder),
                student_view(gradescope_results(part, part.shown), "ever"),
                staff_rows(part) if part.marked else [],
            )
            for part in parts
        ],
        "style": Markup(style),
        "script": Markup(script),
        "style_hash": hash_of(style),
        "script_hash": hash_of(script),
    }
    return environment().get_template("report.html").render(context)


def _questions(parts: Sequence[OurPart]) -> dict[str, float]:
    """Return the questions, each with the most points that any submission could get."""
    possible: dict[str, float] = {}
    for part in parts:
        for name, points in part.possible.items():
            possible[name] = max(points, possible.get(name, 0.0))
    return possible


def environment() -> Environment:
    """Return what fills in the templates of this folder, with all text escaped."""
    environment = Environment(
        loader=PackageLoader(__package__ or "autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # tojson escapes <, >, & and ', so no text can close the element that holds the data.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}
    environment.filters |= {"number": number, "percent": percent, "whole": partial(number, digits=0)}
    return environment


def number(value: float, digits: int = 2) -> str:
    """Format a number for readers: rounded, without trailing zeros, with a real minus sign.

    >>> number(12.5), number(-0.25), number(1234.0)
    ('12.5', '−0.25', '1,234')
    """
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def percent(share: float) -> str:
    """Format a share from 0 to 1 in percent. Only 1 itself becomes 100%, and only 0 itself becomes 0%.

    >>> percent(0.5), percent(0.999), percent(0.001)
    ('50%', '99%', '1%')
    """
    rounded = round(100 * share)
    return f"{rounded if share in {0.0, 1.0} else min(max(rounded, 1), 99)}%"


def _counted(count: int) -> str:
    return f"{count:,} submission{'' if count == 1 else 's'}"


def styles_of(names: Sequence[str]) -> str:
    """Return a page's style, which is in some files of this folder."""
    return "\n".join(map(_source, names))


def _source(name: str) -> str:
    return (files(__package__ or "autograder.report") / "templates" / name).read_text(encoding="utf-8")


def _program() -> str:
    body = "\n".join(_source(name) for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def hash_of(text: str) -> str:
    """Return the hash that lets the page's security policy allow a style or a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
