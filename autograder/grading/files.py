"""Typed results as JSON, and files that are written completely or not at all."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..sandbox.text import as_text

S = TypeVar("S", bound=msgspec.Struct)


class RecordError(ValueError):
    """A file is not a usable record. The message says why."""


def to_json(content: Any) -> str:
    """Convert typed results to JSON. It is ASCII, because the name of a file may contain invalid characters."""
    return json.dumps(msgspec.to_builtins(content), indent=2)


def from_json(text: str | bytes, kind: type[S]) -> S:
    """Read typed results from JSON.

    Raises:
        RecordError: it is not JSON, or not of this type.
    """
    return typed(parsed(text), kind)


def parsed(text: str | bytes) -> Any:
    """Read JSON; see ``from_json``."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"damaged, it is not JSON ({error})") from error


def typed(raw: Any, kind: type[S]) -> S:
    """Give plain data a type; see ``from_json``."""
    try:
        return msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise RecordError(f"damaged ({error})") from error


def may_clash(label: str) -> bool:
    """Whether a folder in a label has the name of a file that may be written for another label, as ``hw.py.json``."""
    return any(folder.lower().endswith((".json", ".part", ".pdf", ".html")) for folder in label.split("/")[:-1])


def short_name(label: str) -> str:
    """A label as the path of a file. If it is too long for a file name, or may clash, it is cut and gets a digest."""
    named = as_text(label)
    if max(len(part.encode()) for part in named.split("/")) > 200 or may_clash(named):
        return f"{named[:60].replace('/', '_')}-{hashlib.sha256(named.encode()).hexdigest()[:16]}"
    return named


def write_json(path: Path, content: Any) -> None:
    """Write typed results to a file; see ``write_file``."""
    write_file(path, to_json(content).encode("ascii"))


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old content or the new one, never a part."""
    beside = path.with_suffix(".part")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
