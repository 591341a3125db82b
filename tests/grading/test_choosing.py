"""Which file of several is graded, and what programs leave behind."""

from pathlib import Path

import pytest

from autograder.errors import SubmissionError
from autograder.grading.leavings import environments, is_leaving, walked
from autograder.grading.submission import Wanted, may_be_submission, parse_submission, read_submission
from autograder.grading.unpacking import COUNT_LIMIT, TOTAL_LIMIT, unzip
from tests.support.samples import FUNCTIONS, GOOD, notebook, zipped

WANTED = Wanted(FUNCTIONS, "rnn")
OURS = notebook("ours = 1", metadata={"otter": {"assignment_name": "rnn"}})
ALSO_OURS = notebook("also = 1", metadata={"otter": {"assignment_name": "rnn"}})
OTHER = notebook("other = 1", metadata={"otter": {"assignment_name": "lab01"}})
PLAIN = notebook("plain = 1")

CHOSEN: dict[str, tuple[dict[str, bytes], str]] = {
    "ours": ({"a.ipynb": PLAIN, "z/b.ipynb": OURS}, "z/b.ipynb"),
    "ours, renamed": ({"a.ipynb": OTHER, "b.ipynb.json": OURS}, "b.ipynb.json"),
    "the name of the assignment": ({"a.ipynb": ALSO_OURS, "z/rnn.ipynb": OURS}, "z/rnn.ipynb"),
    "a longer name": ({"a.ipynb": ALSO_OURS, "z/RNN_ada.ipynb": OURS}, "z/RNN_ada.ipynb"),
    "no copy": ({"a-Copy1.ipynb": ALSO_OURS, "b.ipynb": OURS}, "b.ipynb"),
    "no download of the same": ({"rnn (1).ipynb": ALSO_OURS, "rnn-ada.ipynb": OURS}, "rnn-ada.ipynb"),
    "no backup": ({"backup/rnn.ipynb": ALSO_OURS, "b.ipynb": OURS}, "b.ipynb"),
    "nearest to the top": ({"a/rnn.ipynb": ALSO_OURS, "rnn.ipynb": OURS}, "rnn.ipynb"),
    "twice the same": ({"a/rnn.ipynb": OURS, "b/rnn.ipynb": OURS}, "a/rnn.ipynb"),
    "a broken one beside": ({"rnn.ipynb": b"", "b.ipynb": OURS}, "b.ipynb"),
    "the original of a copy": ({"hw (1).ipynb": PLAIN, "hw.ipynb": OTHER}, "hw.ipynb"),
    "a notebook by its name": ({"a.json": PLAIN, "b.ipynb": OTHER}, "b.ipynb"),
}


@pytest.mark.parametrize("kind", CHOSEN)
def test_chosen(kind: str) -> None:
    """Of several notebooks the one made from the handout whose name fits best is graded, and the student is told."""
    files, name = CHOSEN[kind]
    submission = parse_submission("hw.zip", zipped(files), WANTED)
    assert submission.name == name
    assert f"{name} was graded." in submission.note
    assert "more than one notebook" in submission.note
    assert sorted(submission.files) == sorted(set(files) - {name})


NOT_CHOSEN = {
    "none ours": {"a.ipynb": PLAIN, "b.ipynb": OTHER},
    "equally good": {"a.ipynb": OURS, "b.ipynb": ALSO_OURS},
    "equally deep": {"a/rnn.ipynb": OURS, "b/rnn.ipynb": ALSO_OURS},
    "renamed ones": {"a.json": PLAIN, "b.txt": OTHER},
}


@pytest.mark.parametrize("kind", NOT_CHOSEN)
def test_not_chosen(kind: str) -> None:
    """Where none is the better one, the student has to choose."""
    with pytest.raises(SubmissionError, match=r"more than one notebook.*Hand in exactly one"):
        parse_submission("hw.zip", zipped(NOT_CHOSEN[kind]), WANTED)


def test_without_a_name_of_the_assignment() -> None:
    """No metadata is not the same as the metadata of an assignment without a name."""
    with pytest.raises(SubmissionError, match="more than one notebook"):
        parse_submission("hw.zip", zipped({"a.ipynb": PLAIN, "b.ipynb": notebook("")}), Wanted(FUNCTIONS))


LEAVINGS = """
.ipynb_checkpoints/a.ipynb x/.virtual_documents/a.ipynb .Trash-1000/files/a.ipynb .Trash/a.ipynb .history/a.py
.vscode/a.py .idea/a.py __MACOSX/._a.ipynb .git/config .DS_Store a/Thumbs.db desktop.ini ~$a.docx ._a.ipynb
.a.ipynb.swp .~lock.a.ipynb# a.py~ #a.py# node_modules/a/b.py __pycache__/a.pyc a/__PYCACHE__/b.py
.venv/lib/a.py lib/site-packages/a.py
""".split()


@pytest.mark.parametrize("name", LEAVINGS)
def test_leavings(name: str) -> None:
    """What programs leave behind is told by its name."""
    assert is_leaving(name)


@pytest.mark.parametrize(
    "name", "a.ipynb venv/a.py env/a.py git/a.py history/a.ipynb data/bin/a.py .data/a.csv #1-a.ipynb #a.py".split()
)
def test_no_leavings(name: str) -> None:
    """A student's own files and folders are not ignored, whatever their names."""
    assert not is_leaving(name)


def test_environments() -> None:
    """A Python environment is recognised by what is in it, whatever its name."""
    around = environments(["my env/pyvenv.cfg", "pyvenv.cfg", "c/conda-meta/history", "hw.py"])
    inside = ["my env/lib/python3/a.py", "bin/activate_this.py", "Lib/a.py", "c/any/a.py", "c/conda-meta/history"]
    assert [name for name in inside if not is_leaving(name, around)] == []
    assert [name for name in ["hw.py", "my env/hw.py", "src/lib/a.py"] if is_leaving(name, around)] == []


def test_leavings_do_not_count() -> None:
    """Neither their number nor their size, nor links and odd paths among them, stand against a submission."""
    many = {f".git/objects/{number}": b"" for number in range(COUNT_LIMIT + 1)}
    files = {"hw.ipynb": PLAIN, "../.git/x": b"", **many, **{f".data/{number}": b"1" for number in range(COUNT_LIMIT)}}
    submission = parse_submission("hw.zip", zipped(files), WANTED)
    assert len(submission.files) == COUNT_LIMIT - 1


def test_hidden_folder(tmp_path: Path) -> None:
    """A hidden file is no submission, unless there is no other; code may read it."""
    files = {".old/a.ipynb": OTHER, "b.ipynb": PLAIN}
    submission = parse_submission("hw.zip", zipped(files), WANTED)
    assert (submission.name, list(submission.files)) == ("b.ipynb", [".old/a.ipynb"])
    (tmp_path / ".rnn").mkdir()
    (tmp_path / ".rnn" / "a.ipynb").write_bytes(PLAIN)
    assert read_submission(tmp_path, WANTED).name == ".rnn/a.ipynb"


def test_zips_inside() -> None:
    """Two zips in a zip keep apart what they hold; a notebook beside them goes first."""
    inner = zipped({"rnn.ipynb": OURS, "one.py": b"1"})
    both = parse_submission("hw.zip", zipped({"w/a.zip": inner, "w/b.zip": zipped({"b.csv": b"1"})}), WANTED)
    assert (both.name, sorted(both.files)) == ("w/a/rnn.ipynb", ["w/a/one.py", "w/b/b.csv"])
    beside = parse_submission("hw.zip", zipped({"a.zip": b"broken", "b.ipynb": PLAIN}), WANTED)
    assert (beside.name, list(beside.files)) == ("b.ipynb", ["a.zip"])


@pytest.mark.slow
def test_zip_bomb() -> None:
    """A zip inside a zip has no more room than one alone."""
    inner = zipped({f"{number}.bin": b"\0" * (TOTAL_LIMIT // 4) for number in range(3)})
    with pytest.raises(SubmissionError, match="too large when unpacked"):
        parse_submission("hw.zip", zipped({"a.zip": inner, "b.zip": inner}), WANTED)


def test_may_be_submission() -> None:
    """In a folder of a class, a renamed notebook is found and data are not."""
    files = {
        "a.ipynb": PLAIN, "b.ipynb.json": PLAIN, "c.PY": b"", "d.py.txt": b"", "e.json": PLAIN, "f.zip": b"",
        "g.json": b"{}", "h.csv": b"1", "i.txt": b"words", "j.pdf": b"%PDF",
    }  # fmt: skip
    assert "".join(name[0] for name in files if may_be_submission(name, files.__getitem__)) == "abcdef"


def test_module_beside_a_notebook() -> None:
    """The notebook is what is graded, and the folder that it lies in goes with it."""
    submission = parse_submission("hw.zip", zipped({"w/hw.ipynb": PLAIN, "w/helper.py": GOOD.encode()}), WANTED)
    assert (str(submission.folder), list(submission.files)) == ("w", ["w/helper.py"])


def test_a_conda_environment_is_not_looked_into() -> None:
    """A folder with ``conda-meta`` in it is an environment. At the top, it is a student's folder with one in it."""
    assert walked(False, ["conda-meta", "bin", "work"], []) == []
    assert "work" in walked(True, ["conda-meta", "bin", "work"], [])


def test_a_broken_zip_on_the_disk(tmp_path: Path) -> None:
    """A zip that is read from the disk, as large ones are, is refused with the same reason as one in memory."""
    content = zipped({"hw.ipynb": PLAIN})[:-30]
    path = tmp_path / "hw.zip"
    path.write_bytes(content)
    reasons = []
    for form in (content, path):
        with pytest.raises(SubmissionError, match=r"hw\.zip cannot be unpacked: ") as error:
            unzip("hw.zip", form)
        reasons.append(str(error.value))
    assert reasons[0] == reasons[1]
