"""Our end of two confined processes: pandoc, which reads markdown and TeX, and the process that sets pages."""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from ..errors import AutograderError
from .formulas import Formula
from .helper import Helper, HelperFailed
from .orders import Answer, Images, Seeing, SetPages, Setting

_SCRIPT = Path(__file__).parent / "templates" / "convert.lua"

#: Seconds for all cells of a submission, for a single one, for a picture, and for a PDF.
_ALL, _ONE, _SEE, _SET, _SET_ONE = 10.0, 3.0, 15.0, 15.0, 5.0
#: Seconds for the search for cells and formulas that are to blame. Those that were not tried by then cannot be read.
_PATIENCE = 45.0

#: How many questions a process answers before a fresh one takes its place.
_USES = 60

_HEAD = 4


@dataclass(frozen=True)
class MarkedText:
    """A text in markdown, with its formulas taken out."""

    marked: str
    formulas: Sequence[Formula]


@dataclass(frozen=True)
class Converted:
    """A text as Typst, and the names of the pictures in it."""

    typst: str
    images: Sequence[str]


@dataclass(frozen=True)
class Spelled:
    """A formula in spellings that pandoc may understand, the best one first."""

    spellings: tuple[str, ...]
    display: bool


class Typesetter:
    """Reads and sets what students wrote, in processes that know nothing else."""

    def __init__(self, user: int | None = None) -> None:
        """Prepare it.

        Args:
            user: the user that the processes become, if we are root; None to keep the current user.

        Raises:
            AutograderError: the packages for it are not installed.
        """
        missing = [name for name in ("pypandoc", "typst", "pypdfium2", "PIL", *_FONTS) if not find_spec(name)]
        if missing:
            raise AutograderError(
                f"PDFs need packages that are not installed ({', '.join(missing)}): run "
                "'python -m pip install \".[written]\"' in the folder of the autograder, not of the assignment"
            )
        import pypandoc

        ours = __package__ or ""
        program = str(Path(pypandoc.get_pandoc_path()).resolve())
        self._scratch = tempfile.TemporaryDirectory(prefix="autograder-pandoc-")
        self._root = tempfile.TemporaryDirectory(prefix="autograder-pages-")
        user = user if _open_to_all(Path(program)) else None  # otherwise that user could not run it
        who, script = "" if user is None else str(user), _SCRIPT
        if user is not None:
            script = Path(shutil.copy(_SCRIPT, self._scratch.name))  # our own folder may be closed to the user
            script.chmod(0o444)
            for folder in (self._scratch.name, self._root.name):
                os.chown(folder, user, user)
        launch = [sys.executable, "-m", f"{ours}.limits", program, str(script), self._scratch.name, who]
        self._pandoc = Helper(launch, lambda got: got.endswith(b"\n"), _USES)
        setting = [sys.executable, "-m", f"{ours}.setter", self._root.name, who, *_font_folders()]
        self._setter = Helper(setting, _is_frame, _USES)

    def close(self) -> None:
        """End both processes."""
        self._pandoc.close()
        self._setter.close()
        self._scratch.cleanup()
        self._root.cleanup()

    def read(
        self, texts: Sequence[MarkedText], formulas: Sequence[Spelled]
    ) -> tuple[list[Converted | None], list[str | None]]:
        """Convert texts and formulas to Typst.

        Returns:
            The result for each text and each formula; None if it took too long or cannot be done.
        """
        try:
            return self._read(texts, formulas, _ALL)
        except HelperFailed:  # one of them is to blame
            until = time.monotonic() + _PATIENCE
            return [self._alone(text, until) for text in texts], self._in_halves(formulas, until + _PATIENCE)

    def _in_halves(self, formulas: Sequence[Spelled], until: float) -> list[str | None]:
        if not formulas:
            return []
        if time.monotonic() > until:
            return [None] * len(formulas)
        try:
            return self._read([], formulas, _ONE)[1]
        except HelperFailed:
            half = len(formulas) // 2
            if not half:
                return [None]
            return self._in_halves(formulas[:half], until) + self._in_halves(formulas[half:], until)

    def _alone(self, text: MarkedText, until: float) -> Converted | None:
        if time.monotonic() > until:
            return None
        try:
            return self._read([text], [], _ONE)[0][0]
        except HelperFailed:
            return None

    def _read(
        self, texts: Sequence[MarkedText], formulas: Sequence[Spelled], seconds: float
    ) -> tuple[list[Converted | None], list[str | None]]:
        job = {
            "cells": [{"text": one.marked, "formulas": [formula.source for formula in one.formulas]} for one in texts],
            "formulas": [{"spellings": one.spellings, "display": one.display} for one in formulas],
        }
        line = self._pandoc.ask(json.dumps(job).encode() + b"\n", seconds)
        try:
            answer = json.loads(line)
            cells = [_converted(cell) for cell in answer["cells"] or []]
            found = [one if isinstance(one, str) else None for one in answer["formulas"] or []]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise HelperFailed("its answer is invalid") from error
        if (len(cells), len(found)) != (len(texts), len(formulas)):
            raise HelperFailed("its answer is not complete")
        return cells, found

    def see(self, content: bytes) -> Images:
        """Read a picture or a PDF. The answer has no pictures if it cannot be read."""
        try:
            answer = self._order(Seeing(content), _SEE)
        except HelperFailed as error:
            return Images(problem=f"it cannot be read: {error}")
        return answer if isinstance(answer, Images) else Images(problem="it cannot be read")

    def set(self, source: str, pictures: dict[str, bytes], alone: bool = False) -> SetPages:
        """Make a PDF. The answer has none if it cannot be made.

        Args:
            source: the page in Typst.
            pictures: the content of the files that it names.
            alone: whether it is only one piece, which gets less time.
        """
        files = [Path(self._root.name, name) for name in pictures]
        try:
            for path, content in zip(files, pictures.values(), strict=True):
                path.write_bytes(content)
            answer = self._order(Setting(source), _SET_ONE if alone else _SET)
        except HelperFailed as error:
            return SetPages(problem=str(error))
        finally:
            for path in files:
                path.unlink(missing_ok=True)
        return answer if isinstance(answer, SetPages) else SetPages(problem="its answer is of the wrong kind")

    def _order(self, order: Setting | Seeing, seconds: float) -> Answer:
        body = msgspec.msgpack.encode(order)
        frame = self._setter.ask(len(body).to_bytes(_HEAD, "big") + body, seconds)
        try:
            answer: Answer = msgspec.msgpack.decode(frame[_HEAD:], type=Answer)
            return answer
        except msgspec.MsgspecError as error:
            raise HelperFailed("its answer is invalid") from error


#: The packages that contain fonts, besides those that are built into typst.
_FONTS = ("manimgx_fonts", "noto_cjk_sans_otc")


def _font_folders() -> list[str]:
    specs = [find_spec(name) for name in _FONTS]
    return [str(Path(spec.origin).resolve().parent) for spec in specs if spec and spec.origin]


def _open_to_all(path: Path) -> bool:
    """Whether every user can reach a file."""
    return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))


def _is_frame(got: bytearray) -> bool:
    return len(got) >= _HEAD and len(got) >= _HEAD + int.from_bytes(got[:_HEAD], "big")


def _converted(raw: Any) -> Converted | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("typst"), str):
        return None
    images = raw.get("images")
    return Converted(raw["typst"], [str(one) for one in images] if isinstance(images, list) else [])
