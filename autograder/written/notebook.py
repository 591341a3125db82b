"""The cells of a student's notebook, with everything in them: text, attachments, stored outputs."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..grading.notebooks import all_cells, source_of

#: The most characters, outputs and lines of output that are shown for each cell.
TEXT_LIMIT, _OUTPUTS, _LINES = 100_000, 20, 60

#: The kinds of pictures that are shown, with the most telling first.
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class StoredOutput:
    """A stored output of a code cell. It is only the student's claim, because nothing is run here."""

    text: str = ""
    picture: bytes = b""


@dataclass(frozen=True)
class NotebookCell:
    """A cell of any kind."""

    number: int
    """Counted from 1."""
    kind: str
    """``markdown``, ``code`` or ``raw``."""
    source: str
    id: str = ""
    tags: frozenset[str] = frozenset()
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures that were pasted into it, by name."""
    outputs: Sequence[StoredOutput] = ()


def read_cells(name: str, content: bytes) -> list[NotebookCell]:
    """Read all cells of a notebook.

    Raises:
        SubmissionError: it is damaged; the message is for the student.
    """
    return [_cell(number, raw) for number, raw in enumerate(all_cells(name, content), 1)]


def script_cells(text: str) -> list[NotebookCell]:
    """The cells of a script with ``# %%`` between them; those of text are comments."""
    found = list[NotebookCell]()
    for part in re.split(r"(?m)^(?=#\s?%%)", text):
        head, _, body = part.partition("\n") if part.startswith("#") else ("", "", part)
        if re.match(r"#\s?%%.*\[(?:markdown|md)\]", head):
            tags = re.search(r"tags=(\[[^\]]*\])", head)
            names = frozenset(re.findall(r'"(\w+)"', tags[1])) if tags else frozenset()
            plain = "\n".join(re.sub(r"^# ?", "", line) for line in body.splitlines())
            found.append(NotebookCell(len(found) + 1, "markdown", _readable(plain.strip('\n"')), tags=names))
        elif body.strip():
            found.append(NotebookCell(len(found) + 1, "code", _readable(body.strip("\n"))))
    return found


def _cell(number: int, raw: dict[str, Any]) -> NotebookCell:
    kind, source = raw.get("cell_type"), source_of(raw)
    if kind == "heading":  # of format 3
        level = raw.get("level")
        kind, source = "markdown", f"{'#' * (level if isinstance(level, int) and 0 < level < 7 else 1)} {source}"
    metadata = raw.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    own = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return NotebookCell(
        number, kind if kind in {"code", "raw"} else "markdown", _readable(source), str(raw.get("id", ""))[:100],
        frozenset(own[:50]), _attachments(raw.get("attachments")), _outputs(raw.get("outputs")),
    )  # fmt: skip


def _readable(text: str) -> str:
    """A text without characters that no page can show: halves of surrogate pairs, and control characters."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(char for char in text if char >= " " or char in "\n\t\r")


def _attachments(raw: Any) -> dict[str, bytes]:
    found = {}
    for name, bundle in raw.items() if isinstance(raw, dict) else ():
        if picture := _picture(bundle):
            found[str(name)] = picture
    return found


def _picture(bundle: Any) -> bytes:
    """The picture among the forms of an output or an attachment."""
    if not isinstance(bundle, dict):
        return b""
    kinds = [*_PICTURES, *(kind for kind in bundle if str(kind) == "application/pdf")]
    return next((decoded(bundle[kind]) for kind in kinds if bundle.get(kind)), b"")


def decoded(text: Any) -> bytes:
    """Decode a picture; nothing if it is not in base64."""
    try:
        return base64.b64decode("".join(text) if isinstance(text, list) else text, validate=False)
    except (binascii.Error, TypeError, ValueError):
        return b""


def _outputs(raw: Any) -> list[StoredOutput]:
    found = []
    for one in raw[:_OUTPUTS] if isinstance(raw, list) else ():
        if not isinstance(one, dict):
            continue
        data = one.get("data", one)
        if picture := _picture(data):
            found.append(StoredOutput(picture=picture))
        elif isinstance(data, dict) and (text := data.get("text/plain", one.get("text"))):
            found.append(
                StoredOutput(_cut(_readable("".join(map(str, text)) if isinstance(text, list) else str(text))))
            )
    return found


def _cut(text: str) -> str:
    lines = text[:20_000].splitlines()
    more = [f"... and {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    return "\n".join(lines[:_LINES] + more)
