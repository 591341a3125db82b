"""Read a submission as text: a notebook, a script, or a zip or folder that contains one of these.

Nothing of a submission is run or unpickled here. If it cannot be graded, the student gets a message.
"""

import ast
import io
import json
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import SubmissionError
from ..sandbox.submission import Submission

#: The largest file of a submission, in bytes. A notebook with large pictures has about 10 MB.
FILE_LIMIT = 200 * 2**20
#: The largest size of all files together, unpacked, and the largest number of files.
TOTAL_LIMIT = 500 * 2**20
COUNT_LIMIT = 2000

_IGNORED = re.compile(
    r"(^|/)(__MACOSX|\.ipynb_checkpoints|__pycache__|\.git)(/|$)|(^|/)(\._|\.DS_Store|__zip_filename__)"
)


#: What zipfile raises for broken, encrypted or unusual zips.
_UNZIP_ERRORS = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError
)  # fmt: skip


def read_submission(path: Path, functions: Collection[str]) -> Submission:
    """Read a submission from a notebook, a script, a zip, or a folder of files.

    Args:
        path: path of the file or folder.
        functions: the names that it should define. Of several scripts, the one that defines most of them is graded.

    Raises:
        SubmissionError: it cannot be graded. The message tells the student why, and what to do.
    """
    if path.is_dir():
        files = {
            p.relative_to(path).as_posix(): p for p in sorted(path.rglob("*")) if p.is_file() and not p.is_symlink()
        }
        inside = {name: _read_file(p) for name, p in files.items() if not _IGNORED.search(name)}
        zips = [name for name in inside if name.lower().endswith(".zip")]
        if len(inside) == len(zips) == 1:
            return parse_submission(zips[0], inside[zips[0]], functions)
        return from_files(inside, path.name, functions)
    if not path.is_file():
        raise SubmissionError(f"There is no file named {path.name}.")
    return parse_submission(path.name, _read_file(path), functions)


def parse_submission(name: str, content: bytes, functions: Collection[str]) -> Submission:
    """Read a submission from the content of one file; see ``read_submission``.

    Raises:
        SubmissionError: it cannot be graded. The message tells the student why, and what to do.
    """
    if name.lower().endswith(".zip"):
        return from_files(_unzip(name, content), name, functions)
    return from_files({name: content}, name, functions)


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > FILE_LIMIT:
        raise SubmissionError(
            f"{path.name} is larger than {FILE_LIMIT >> 20} MB: clear its outputs and hand it in again."
        )
    return path.read_bytes()


def _unzip(source: str, content: bytes) -> dict[str, bytes]:
    """Read the files of a zip into memory. Check sizes, paths and links."""
    files: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not _IGNORED.search(e.filename)]
            if len(entries) > COUNT_LIMIT:
                raise SubmissionError(f"{source} contains more than {COUNT_LIMIT} files: hand in only your notebook.")
            for entry in entries:
                name = entry.filename.replace("\\", "/")
                if name.startswith("/") or re.match(r"^[A-Za-z]:", name) or ".." in name.split("/"):
                    raise SubmissionError(
                        f"{source} contains a file with the path {name!r}, which leads out of the zip: make a new "
                        "zip of your notebook."
                    )
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise SubmissionError(f"{source} contains a link, {name!r}: put the file itself into the zip.")
                total += entry.file_size
                if entry.file_size > FILE_LIMIT or total > TOTAL_LIMIT:
                    raise SubmissionError(f"{source} is too large when unpacked: hand in only your notebook.")
                with archive.open(entry) as stream:
                    files[name] = stream.read(FILE_LIMIT + 1)[:FILE_LIMIT]
    except _UNZIP_ERRORS as error:
        raise SubmissionError(f"{source} cannot be unpacked ({error}): make a new zip, without a password.") from error
    return files


def from_files(files: dict[str, bytes], source: str, functions: Collection[str]) -> Submission:
    """Choose the notebook or script among the files, and read it.

    Raises:
        SubmissionError: there is none, or more than one.
    """
    if not files:
        raise SubmissionError(f"{source} contains no files: hand in your notebook (.ipynb).")
    notebooks = sorted(name for name in files if name.lower().endswith(".ipynb"))
    if len(notebooks) > 1:
        raise SubmissionError(f"There is more than one notebook: {_names(notebooks)}. Hand in exactly one.")
    if notebooks:
        name = notebooks[0]
        cells, assignment = _notebook_cells(_text(files[name], name), name)
    else:
        name = _choose_script(files, functions)
        cells, assignment = _script_cells(_text(files[name], name)), None
    others = {other: content for other, content in files.items() if other != name}
    return Submission(name, cells, others, assignment)


def _choose_script(files: dict[str, bytes], functions: Collection[str]) -> str:
    scripts = sorted(
        name for name in files if name.lower().endswith(".py") and PurePosixPath(name).name != "__init__.py"
    )
    if not scripts:
        raise SubmissionError(
            f"There is no notebook (.ipynb) and no script (.py), only {_names(sorted(files))}. Hand in your notebook."
        )
    if len(scripts) == 1:
        return scripts[0]
    ranked = sorted((-_defined_functions(files[name], functions), name.count("/"), name) for name in scripts)
    if ranked[0][:2] == ranked[1][:2]:
        raise SubmissionError(
            f"There is more than one script: {_names(scripts)}. Hand in a single script that defines "
            f"{', '.join(functions)}."
        )
    return ranked[0][2]


def _defined_functions(source: bytes, functions: Collection[str]) -> int:
    """Return how many of the names a script defines at its top level."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return sum(
            re.search(rb"^def %s\b" % re.escape(name.encode()), source, re.MULTILINE) is not None for name in functions
        )
    bound = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    bound |= {
        t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)
    }
    return len(bound & set(functions))


def _names(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionError(f"{name} is not UTF-8 text: save it again with Jupyter, or as UTF-8.") from None


def _script_cells(text: str) -> list[str]:
    if not re.search(r"^# ?%%", text, re.MULTILINE):
        return [text]
    import jupytext  # takes a while, and few submissions need it

    notebook = jupytext.reads(text, fmt="py:percent")
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _notebook_cells(text: str, name: str) -> tuple[list[str], str | None]:
    if not text.strip():
        raise SubmissionError(f"{name} is empty: save the notebook before you hand it in.")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise SubmissionError(
            f"{name} is not a notebook: it is not JSON. Hand in the .ipynb that Jupyter saves."
        ) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
        raise SubmissionError(
            f"{name} is not a notebook: 'nbformat' is missing. Hand in the .ipynb that Jupyter saves."
        )
    try:
        cells = _cells(raw)
    except Exception as error:  # nbformat may raise anything for broken structures
        raise SubmissionError(
            f"{name} is damaged ({type(error).__name__}): open it with Jupyter, save it, and hand it in again."
        ) from None
    otter = (raw.get("metadata") or {}).get("otter") if isinstance(raw.get("metadata"), dict) else None
    assignment = otter.get("assignment_name") if isinstance(otter, dict) else None
    return cells, assignment if isinstance(assignment, str) else None


def _cells(raw: dict[str, Any]) -> list[str]:
    if raw["nbformat"] < 4:
        import nbformat  # takes a while, and notebooks of that age are rare

        raw = nbformat.convert(nbformat.from_dict(raw), 4)  # type: ignore[no-untyped-call]
    cells = []
    for cell in raw["cells"]:
        source = cell.get("source", "")
        if cell.get("cell_type") == "code":
            cells.append("".join(source) if isinstance(source, list) else str(source))
    return cells
