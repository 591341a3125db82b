"""What a submission leaves in folders that everybody may write to is removed; quiet folders are not looked through."""

import os
from pathlib import Path

import pytest

from autograder.student import shared
from autograder.student.shared import SharedFolders

#: Seconds since which nobody has changed a quiet folder.
_LONG = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only shared folder: it has a file of this user, and nobody has changed it for a while."""
    monkeypatch.setattr(shared, "_FOLDERS", (str(tmp_path), str(tmp_path / "absent")))
    (tmp_path / "old").touch()
    _set_back(tmp_path)
    return tmp_path


def _set_back(folder: Path) -> None:
    long_ago = folder.stat().st_mtime - _LONG
    os.utime(folder, (long_ago, long_ago))


def test_files_and_folders_are_removed(folder: Path) -> None:
    """All files, links and folders of the user go, and only theirs."""
    before = SharedFolders()
    (folder / "deep" / "below").mkdir(parents=True)
    (folder / "link").symlink_to("nowhere")
    before.remove_those_of(os.getuid() + 1)
    assert sorted(path.name for path in folder.iterdir()) == ["deep", "link", "old"]
    before.remove_those_of(os.getuid())
    assert not list(folder.iterdir())


def test_a_quiet_folder_is_not_looked_through(folder: Path) -> None:
    """Where nothing was made or removed, nothing is removed: a user's files would be there already before."""
    SharedFolders().remove_those_of(os.getuid())
    assert [path.name for path in folder.iterdir()] == ["old"]


def test_a_folder_that_was_just_changed_is_looked_through(folder: Path) -> None:
    """A second change may leave the time as it is, if it comes so soon that it is within the same step."""
    (folder / "new").touch()
    before = SharedFolders()
    times = folder.stat()
    (folder / "at once").touch()
    os.utime(folder, ns=(times.st_atime_ns, times.st_mtime_ns))
    before.remove_those_of(os.getuid())
    assert not list(folder.iterdir())


def test_a_folder_that_appears_is_looked_through(folder: Path) -> None:
    """A folder that is missing at first is looked through."""
    before = SharedFolders()
    (folder / "absent").mkdir()
    _set_back(folder)
    (folder / "absent" / "file").touch()
    before.remove_those_of(os.getuid())
    assert not list(folder.iterdir())
