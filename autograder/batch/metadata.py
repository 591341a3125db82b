"""Gradescope's submission_metadata.yml: who handed in which folder, and when.

It is YAML as Ruby writes it, with symbols as keys and types of its own. Only texts, lists and mappings are read.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from ..errors import AutograderError
from ..grading.people import Student
from .spelling import mended


@dataclass(frozen=True)
class Handed:
    """One entry of the file: a folder's students, and when they handed in."""

    students: list[Student]
    submitted: str = ""
    late: str = ""


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Reads everything as text: an ID such as 00123 stays as it is, and Ruby's types are ignored."""


def _binary(loader: Any, node: yaml.Node) -> str:
    return base64.b64decode("".join(str(node.value).split())).decode("utf-8", "replace")


for _tag in ("!binary", "tag:yaml.org,2002:binary"):
    _Loader.add_constructor(_tag, _binary)


def read_metadata(content: bytes, file: str) -> dict[str, Handed]:
    """Read the file.

    Args:
        content: its bytes.
        file: its path, for messages.

    Returns:
        The entries by the name of their folder. An entry of an unknown form names nobody.

    Raises:
        AutograderError: it is damaged.
    """
    try:
        entries = yaml.load(content.decode("utf-8-sig"), _Loader)
        return {str(key): _handed(entry) for key, entry in entries.items()}
    except (AttributeError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise AutograderError(f"cannot read {file}: {error}; download the export again") from error


def _handed(entry: Any) -> Handed:
    if not isinstance(entry, dict):
        return Handed([])
    return Handed(list(_students(entry.get(":submitters"))), _time(_text(entry.get(":created_at"))))


def _students(people: Any) -> Iterator[Student]:
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            student = Student(*(mended(_text(person.get(key))) for key in (":name", ":sid", ":email")))
            if student != Student():
                yield student


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value not in {"~", "null"} else ""


def _time(text: str) -> str:
    """Shorten a time such as ``2026-11-21 09:01:00.000000000 Z`` to what people read."""
    match = re.match(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?", text)
    if not match:
        return text
    moment = datetime.fromisoformat(f"{match[1]} {match[2]}")
    return f"{moment:%Y-%m-%d %H:%M:%S}" + (f" {'UTC' if match[3] in {'Z', 'UTC'} else match[3]}" if match[3] else "")
