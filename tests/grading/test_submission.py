"""Reading submissions: each gets the points that it deserves, or a message that says what to do."""

import json
import stat
import time
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.errors import SubmissionError
from autograder.grading.grade import grade
from autograder.grading.submission import Wanted, read_submission
from autograder.grading.unpacking import COUNT_LIMIT
from tests.support.samples import (
    FUNCTIONS,
    GOOD,
    REAL_CASES,
    messages,
    notebook,
    passed,
    settings,
    shared_sandbox,
    write_cases,
    zipped,
)

HALVES = "def init(): return 1\ndef forward(): return 1\ndef graph(): return 1\n"


def hand_in(folder: Path, name: str, content: bytes) -> tuple[float, str]:
    """Grade a file with this name and content. Return the points out of 1, and the note for the student."""
    (folder / name).write_bytes(content)
    return grade_path(folder, folder / name)


def grade_path(folder: Path, path: Path) -> tuple[float, str]:
    results = grade(path, write_cases(folder / "cases", one="init"), settings(), shared_sandbox())
    assert results.possible == {"q3": 1}
    return results.total, results.note


def old_notebook() -> bytes:
    """A notebook in format 3, with worksheets."""
    old = nbformat.v3.new_notebook(worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(GOOD)])])
    return json.dumps(old).encode()


def utf16(text: str) -> bytes:
    return text.encode("utf-16")


def broken_zip() -> bytes:
    """A zip whose compressed data is damaged."""
    content = bytearray(zipped({"a.ipynb": notebook(*(f"x{n} = {n**5}" for n in range(200)))}))
    content[200:1200] = bytes(value ^ 0x5A for value in content[200:1200])
    return bytes(content)


def encrypted_zip() -> bytes:
    """A zip whose two headers claim that its file is encrypted."""
    content = bytearray(zipped({"a.ipynb": notebook(GOOD)}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def linking_zip() -> bytes:
    """A zip with a symbolic link in it."""
    link = zipfile.ZipInfo("data.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = Path("/dev/shm") / f"link-{time.monotonic_ns()}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.ipynb", notebook(GOOD))
        archive.writestr(link, "/etc/passwd")
    content = path.read_bytes()
    path.unlink()
    return content


GOOD_NOTEBOOK = notebook(GOOD)
REFUSED: dict[str, tuple[str, bytes, list[str]]] = {
    "not JSON": ("hw.ipynb", b"init = 1", ["hw.ipynb is not a notebook", "not JSON", "Jupyter saves"]),
    "cut off": ("hw.ipynb", GOOD_NOTEBOOK[:-20], ["is not a notebook", "the end is missing", "upload it again"]),
    "empty": ("hw.ipynb", b"", ["hw.ipynb is empty", "save the notebook"]),
    "blank": ("hw.ipynb", b" \n\n", ["hw.ipynb is empty", "save the notebook"]),
    "JSON that is no notebook": ("hw.ipynb", b'{"a": 1}', ["hw.ipynb is not a notebook", "'nbformat'"]),
    "a JSON list": ("hw.ipynb", b"[1, 2]", ["hw.ipynb is not a notebook", "'nbformat'"]),
    "deep JSON": ("hw.ipynb", b"[" * 100_000, ["hw.ipynb is not a notebook"]),
    "no cells": ("hw.ipynb", b'{"nbformat": 4}', ["hw.ipynb is damaged", "save it"]),
    "cells of numbers": ("hw.ipynb", b'{"nbformat": 4, "cells": [1]}', ["hw.ipynb is damaged", "save it"]),
    "damaged format 3": ("hw.ipynb", b'{"nbformat": 3}', ["hw.ipynb is damaged", "save it"]),
    "notebook in latin-1": (
        "hw.ipynb", notebook("'UE'").replace(b"UE", b"\xfc"), ["hw.ipynb is not UTF-8", "save it"]),
    "UTF-16 script": ("hw.py", utf16(GOOD), ["hw.py is not UTF-8", "save it"]),
    "another kind": ("hw.pdf", b"%PDF", ["no notebook (.ipynb)", "hw.pdf"]),
    "two notebooks": (
        "hw.zip", zipped({"a.ipynb": GOOD_NOTEBOOK, "b/c.ipynb": GOOD_NOTEBOOK}),
        ["more than one notebook", "a.ipynb, b/c.ipynb", "exactly one"]),
    "no notebook": ("hw.zip", zipped({"a.txt": b"", "b.pdf": b""}), ["no notebook (.ipynb)", "a.txt, b.pdf"]),
    "empty zip": ("hw.zip", zipped({}), ["hw.zip contains no files", "hand in your notebook"]),
    "junk only": ("hw.zip", zipped({"__MACOSX/._a.ipynb": b"x"}), ["hw.zip contains no files"]),
    "no zip": ("hw.zip", b"a letter", ["hw.zip cannot be unpacked", "it is not a zip", "Make a new zip"]),
    "zip cut off": ("hw.zip", zipped({"a.ipynb": GOOD_NOTEBOOK})[:-30], ["hw.zip cannot be unpacked", "interrupted"]),
    "broken zip": ("hw.zip", broken_zip(), ["hw.zip cannot be unpacked", "damaged", "Make a new zip"]),
    "encrypted zip": ("hw.zip", encrypted_zip(), ["hw.zip cannot be unpacked", "it has a password"]),
    "absolute path": ("hw.zip", zipped({"/etc/a.ipynb": GOOD_NOTEBOOK}), ["hw.zip", "'/etc/a.ipynb'", "out of"]),
    "path upwards": ("hw.zip", zipped({"b/../../a.py": b"", "a.ipynb": b""}), ["'b/../../a.py'", "out of"]),
    "backslashes": ("hw.zip", zipped({"..\\a.py": b"", "a.ipynb": GOOD_NOTEBOOK}), ["'../a.py'", "out of"]),
    "drive": ("hw.zip", zipped({"C:\\a.py": b"", "a.ipynb": GOOD_NOTEBOOK}), ["'C:/a.py'", "out of"]),
    "link": ("hw.zip", linking_zip(), ["hw.zip contains a link, 'data.txt'", "the file itself"]),
    "zip of many files": (
        "hw.zip", zipped({f"{n}.txt": b"" for n in range(COUNT_LIMIT + 1)}), ["more than 2000 files", "hand in only"]),
    "two broken notebooks": (
        "hw.zip", zipped({"a.ipynb": b"", "b.ipynb": b"x = 1"}), ["more than one notebook", "a.ipynb, b.ipynb"]),
    "two equal scripts": (
        "hw.zip", zipped({"a.py": GOOD.encode(), "b.py": GOOD.encode()}),
        ["more than one script", "a.py, b.py", "a single script"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    """A submission that cannot be graded gets 0 points, and a note that names the file or the problem."""
    name, content, expected = REFUSED[case]
    points, note = hand_in(tmp_path, name, content)
    assert points == 0
    assert [words for words in expected if words not in note] == []
    assert "Traceback" not in note


GRADED: dict[str, tuple[str, bytes]] = {
    "notebook": ("hw.ipynb", GOOD_NOTEBOOK),
    "capital suffix": ("HW.IPYNB", GOOD_NOTEBOOK),
    "format 3": ("hw.ipynb", old_notebook()),
    "UTF-16 notebook": ("hw.ipynb", utf16(GOOD_NOTEBOOK.decode())),
    "byte order mark": ("hw.ipynb", b"\xef\xbb\xbf" + GOOD_NOTEBOOK),
    "script with byte order mark": ("hw.py", b"\xef\xbb\xbf" + GOOD.encode()),
    "source as lines": ("hw.ipynb", notebook("LINES").replace(b'"LINES"', b'["def init():\\n", " return 1"]')),
    "lone surrogate": ("hw.ipynb", notebook("x = '\ud800'", GOOD)),
    "null byte": ("hw.ipynb", notebook("x = '\0'", GOOD)),
    "nested folder": ("hw.zip", zipped({"my work/final/hw.ipynb": GOOD_NOTEBOOK})),
    "junk of a Mac": ("hw.zip", zipped({
        "hw.ipynb": GOOD_NOTEBOOK, "__MACOSX/._hw.ipynb": b"x", ".DS_Store": b"x",
        ".ipynb_checkpoints/hw-checkpoint.ipynb": GOOD_NOTEBOOK})),
    "zip with BOM inside": ("hw.ZIP", zipped({"hw.ipynb": b"\xef\xbb\xbf" + GOOD_NOTEBOOK})),
    "a file and a folder of one name": ("hw.zip", zipped({"hw.ipynb": GOOD_NOTEBOOK, "h": b"", "h/x.py": b""})),
    "long file name": ("hw.zip", zipped({"hw.ipynb": GOOD_NOTEBOOK, "h" * 300 + ".txt": b""})),
    "script": ("hw.py", b"import os\n" + GOOD.encode()),
    "script with helper": ("hw.zip", zipped({
        "hw.py": b"from helper import one\ndef init(): return one", "helper.py": b"one = 1"})),
    "script in a folder with helper": ("hw.zip", zipped({
        "w/hw.py": b"from helper import one\ndef init(): return one", "w/helper.py": b"one = 1"})),
    "script that imports from one beside it": ("hw.zip", zipped({
        "a.py": b"def one(): return 1", "main.py": b"from a import one as init"})),
    "script among scripts": ("hw.zip", zipped({
        "a.py": b"def other(): return 0", "w/hw.py": HALVES.encode(), "z.py": b"def forward(: syntax"})),
    "script beside one that cannot be read": ("hw.zip", zipped({"a.py": b"x = '\xff'", "b.py": GOOD.encode()})),
    "script with marks of a conflict in a text": (
        "hw.py", b'"""\n<<<<<<< a\n=======\n>>>>>>> b\n"""\n' + GOOD.encode()),
    "percent script": ("hw.py", b"# %% [markdown]\n# init\n# %%\nraise ValueError\n# %%\n" + GOOD.encode()),
    "percent script without blank": ("hw.py", b"#%%\n1 / 0\n#%%\n" + GOOD.encode()),
    "percent script with magic": ("hw.py", b"# %%\n# %matplotlib inline\n# %%\n" + GOOD.encode()),
    "percent script, broken header": ("hw.py", b"# ---\n# jupyter: [\n# ---\n# %%\n" + GOOD.encode()),
    "script where __file__ is": ("hw.py", b"import os\nhere = os.path.dirname(__file__)\n" + GOOD.encode()),
}  # fmt: skip


@pytest.mark.parametrize("case", GRADED)
def test_graded(case: str, tmp_path: Path) -> None:
    """Unusual submissions that contain what is needed get their points."""
    points, note = hand_in(tmp_path, *GRADED[case])
    assert (points, note if points == 0 else "") == (1, "")


def test_large_output(tmp_path: Path) -> None:
    """A notebook with an output of 50 MB is graded like any other."""
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}
    assert hand_in(tmp_path, "hw.ipynb", notebook(GOOD, outputs=[output])) == (1, "")


def test_a_notebook_with_too_many_values(tmp_path: Path) -> None:
    """It would take much more memory than its file. Texts count once, however many commas they have."""
    content = json.loads(notebook(GOOD))
    content["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1, [2], " * 1_000_000}]
    assert hand_in(tmp_path, "long.ipynb", json.dumps(content).encode())[0] == 1
    content["metadata"]["values"] = [[]] * 1_500_000
    points, note = hand_in(tmp_path, "many.ipynb", json.dumps(content).encode())
    assert points == 0
    assert (
        "many.ipynb contains more than 3,000,000 values, probably in its outputs: in Jupyter, choose 'Restart Kernel"
        in note
    )


def test_long_paths_in_a_zip_are_ignored(tmp_path: Path) -> None:
    """Sorting them by what programs leave behind would take seconds for each."""
    long = {f"{'tests/' * 5_000}{number}.txt": b"" for number in range(20)}
    begun = time.process_time()
    assert hand_in(tmp_path, "hw.zip", zipped({"hw.ipynb": notebook(GOOD), **long}))[0] == 1
    assert time.process_time() - begun < 5  # less than one; without care, minutes


def test_very_many_copies_of_the_handouts_files(tmp_path: Path) -> None:
    """Files with names of the handout's do not count as the student's own, but there is an end to that as well."""
    many = {f"{number}/tests/q3.py": b"" for number in range(2 * COUNT_LIMIT)}
    points, note = hand_in(tmp_path, "hw.zip", zipped({"hw.ipynb": notebook(GOOD), **many}))
    assert points == 0
    assert "hand in only your notebook" in note


def test_other_assignment(tmp_path: Path) -> None:
    """A notebook of another assignment is graded, with a note that names both."""
    metadata = {"otter": {"assignment_name": "lab01"}}
    points, note = hand_in(tmp_path, "hw.ipynb", notebook(GOOD, metadata=metadata))
    assert points == 1
    assert "'lab01'" in note
    assert f"'{settings().assignment_name}'" in note
    assert hand_in(tmp_path, "hw.ipynb", notebook(GOOD, metadata={"otter": "?"})) == (1, "")


def test_folder(tmp_path: Path) -> None:
    """Folders are graded in Gradescope's layout: files, or a single zip. Links in them are not followed."""
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "hw.zip").write_bytes(zipped({"hw.ipynb": GOOD_NOTEBOOK}))
    assert grade_path(tmp_path, folder) == (1, "")
    (folder / "hw.zip").unlink()
    (folder / "other.ipynb").symlink_to("/etc/passwd")
    points, note = grade_path(tmp_path, folder)
    assert (points, note) == (0, "submission contains no files: hand in your notebook (.ipynb).")


def test_missing_file(tmp_path: Path) -> None:
    """A path that does not exist gets no points, and a note with its name."""
    points, note = grade_path(tmp_path, tmp_path / "absent.ipynb")
    assert (points, note) == (0, "There is no file named absent.ipynb.")


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    """Nothing in a zip is written outside the submission's folder."""
    outside = tmp_path / "outside.txt"
    (tmp_path / "hw.zip").write_bytes(zipped({str(outside): b"x", "hw.ipynb": GOOD_NOTEBOOK}))
    with pytest.raises(SubmissionError, match="out of the zip"):
        read_submission(tmp_path / "hw.zip", Wanted(FUNCTIONS))
    assert not outside.exists()


def test_missing_function_and_wrong_signature(tmp_path: Path) -> None:
    """A missing function, or one with other arguments, fails its cases with a message that names it."""
    (tmp_path / "hw.ipynb").write_bytes(notebook("def forward(x): return 0\ngraph = 3"))
    results = grade(tmp_path / "hw.ipynb", REAL_CASES, settings())
    assert results.total == 0
    assert set(passed(results).values()) == {False}
    text = messages(results)
    assert "There is no function init. Check its spelling" in text
    assert "forward raised TypeError" in text
    assert "in the order that the handout gives" in text
    assert "graph is not a function but a value of type int" in text
    assert "Traceback" not in text
