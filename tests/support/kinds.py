"""All kinds of files that people hand in: notebooks, scripts, and zips with other things in them."""

import io
import re
import zipfile

from tests.support.forms import IMPORTS, JUNK, NAME, NOTEBOOKS, SCRIPTS, Maker, cells, plain, program, solved
from tests.support.samples import notebook, zipped


def _venv(folder: str) -> dict[str, bytes]:
    many = {f"{folder}/lib/python3.11/site-packages/a/{number}.py": b"1" for number in range(2100)}
    return {f"{folder}/pyvenv.cfg": b"home = /usr/bin", f"{folder}/bin/activate_this.py": program().encode()} | many


def _zip_with_folders() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.mkdir("work")
        archive.writestr("work/hw.ipynb", notebook(*cells()))
    return stream.getvalue()


ZIPS: dict[str, Maker] = {
    "leavings/hw.zip": lambda: zipped({
        f"rnn/{NAME}.ipynb": plain(), f"rnn/.virtual_documents/{NAME}.ipynb": b"import numpy",
        f"rnn/.ipynb_checkpoints/{NAME}-checkpoint.ipynb": JUNK, ".Trash-1000/files/old.ipynb": JUNK,
        ".history/a_2026.ipynb": JUNK, ".vscode/a.py": b"1", ".idea/a.py": b"1", ".git/objects/ab/cd": b"x",
        f"__MACOSX/rnn/._{NAME}.ipynb": b"\0", "rnn/.DS_Store": b"x", "Thumbs.db": b"x", "desktop.ini": b"x",
        f"rnn/~${NAME}.ipynb": b"x", f"rnn/.~lock.{NAME}.ipynb#": b"x", f"rnn/.{NAME}.ipynb.swp": b"x",
        "rnn/__pycache__/a.cpython-311.pyc": b"x"}),
    "venv/hw.zip": lambda: zipped({"hw.py": program().encode()} | _venv("my env")),
    "made in a venv/hw.zip": lambda: zipped({"w/hw.py": program().encode()} | _venv("w")),
    "node_modules/hw.zip": lambda: zipped(
        {"a.ipynb": plain()} | {f"node_modules/{number}/x.py": b"" for number in range(2100)}),
    "hidden files that code reads/hw.zip": lambda: zipped({
        "hw.ipynb": notebook(f"assert open('.data/one.txt').read() == '1'\n{IMPORTS}", *cells()[1:]),
        ".data/one.txt": b"1"}),
    "hidden folder/hw.zip": lambda: zipped({".mine/hw.ipynb": plain(), ".mine/data.txt": b"1"}),
    "one folder on top/hw.zip": lambda: zipped({"Homework 5/rnn/hw.ipynb": plain()}),
    "folders of their own/hw.zip": _zip_with_folders,
    "zip in a zip/hw.zip": lambda: zipped({"letter.pdf": b"%PDF", "w/hw.zip": zipped({"a/hw.ipynb": plain()})}),
    "renamed notebook/hw.zip": lambda: zipped({"w/bob.ipynb.json": plain(), "w/data.json": b"{}"}),
    "renamed script/hw.zip": lambda: zipped({"w/HW.PY.txt": program().encode(), "notes.txt": b"no code"}),
    "no suffix/homework": lambda: zipped({"hw.ipynb": plain()}),
    "ours and another/hw.zip": lambda: zipped({"a.ipynb": JUNK, "b/c.ipynb": solved()}),
    "working folder/hw.zip": lambda: zipped({
        f"{NAME}.ipynb": solved(), f"{NAME}-Copy1.ipynb": solved().replace(b"def init", b"def old_init"),
        "old/x.ipynb": solved().replace(b"def init", b"def old_init"), "README.md": b"#", "tests/q3.py": b"name = 1",
        f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": JUNK} | _venv(".venv")),
    "empty notebook beside/hw.zip": lambda: zipped({"Untitled.ipynb": b"", "hw.ipynb": plain()}),
    "copy of a script/hw.zip": lambda: zipped({"hw.py": program().encode(), "hw - Copy.py": program().encode()}),
}  # fmt: skip

KINDS = {
    f"{group}: {name}": maker
    for group, makers in (("notebook", NOTEBOOKS), ("script", SCRIPTS), ("zip", ZIPS))
    for name, maker in makers.items()
}


def file_name(kind: str) -> str:
    """The name that the file of a kind has."""
    return re.sub(r"^.*?/", "", kind)
