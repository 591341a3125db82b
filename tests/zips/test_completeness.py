"""A build from a program that is not complete, or not the one that runs, is refused."""

import re
import shutil
from pathlib import Path

import pytest

from autograder.errors import BuildError
from autograder.otter_keys import WRITTEN_LOCK
from autograder.zips import sources
from autograder.zips.completeness import check_complete
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT, project
from tests.support.samples import CONFIG, copy_project


@pytest.mark.parametrize(
    "name",
    [
        "setup.sh", "requirements.uv.txt", "files/autograder/entry/container.py", "files/autograder/student/system.py",
        "files/autograder/wire/__init__.py", "files/autograder/written/typesetter.py",
    ],
)  # fmt: skip
def test_a_program_with_a_missing_file_builds_nothing(name: str) -> None:
    """The message names the file, whether it is imported at the top of a module, inside a function, or not at all."""
    files = project().autograder_files()
    check_complete(files, "files")
    del files[name]
    with pytest.raises(BuildError, match=re.escape(name)):
        check_complete(files, "files")


def test_pdfs_need_the_lock_of_their_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without that file, containers could not make PDFs. The message names it."""
    copy = shutil.copytree(sources._TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr(sources, "_TEMPLATES", copy)
    ours = project()
    monkeypatch.setitem(vars(ours), "otter_config", ours.otter_config | {"pdf": True})
    assert WRITTEN_LOCK in ours.autograder_files()
    (copy / WRITTEN_LOCK).unlink()
    with pytest.raises(BuildError, match=re.escape(f"{WRITTEN_LOCK} is missing: fetch the program again")):
        ours.autograder_files()


def test_another_program_in_the_folder_is_not_ignored(tmp_path: Path) -> None:
    """Somebody who changes the program, but has installed a copy of it, is told that the change would not count."""
    root = copy_project(tmp_path)
    shutil.copytree(ROOT / "autograder", root / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    Sources(root, root / CONFIG.name).check()
    with (root / "autograder" / "cli.py").open("a", encoding="utf-8") as stream:
        stream.write("# a change\n")
    with pytest.raises(BuildError, match="is not the program that is running"):
        Sources(root, root / CONFIG.name).check()
