"""The store of written answers says that PDFs are made only if all of them are there."""

from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.written import store
from autograder.written.store import MadePages, WrittenStore


def test_a_write_that_ends_halfway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs that were replaced only in part do not count as those of the submission that was there before."""
    kept = WrittenStore(tmp_path)
    kept.write(MadePages(label="jana.ipynb", key="old"), b"old", {"q1": b"old"})
    assert kept.kept("jana.ipynb") == MadePages(label="jana.ipynb", key="old")
    written: list[Path] = []

    def full(path: Path, content: bytes) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        path.write_bytes(content)

    monkeypatch.setattr(store, "write_file", full)
    with pytest.raises(AutograderError, match="No space left on device"):
        kept.write(MadePages(label="jana.ipynb", key="new"), b"new", {"q1": b"new"})
    assert written == [kept.pdf("jana.ipynb")]
    assert kept.kept("jana.ipynb") is None


def test_folders_named_like_files_of_ours(tmp_path: Path) -> None:
    """A folder of a student that is named like a PDF, a record or a half-written file takes the place of none."""
    kept, labels = WrittenStore(tmp_path), ("a.py", "a.py.pdf/b.py", "a.py.json/b.py", "a.py.part/b.py")
    for label in labels:
        kept.write(MadePages(label=label, key="1"), b"pdf", {"q1": b"part"})
    (tmp_path / "written" / "old.part").mkdir()
    kept.tidy()
    assert [made and made.label for made in map(kept.kept, labels)] == list(labels)
