"""Reading an autograder.zip: what cannot be read is named, and loading the test files leaves nothing behind."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.zips.reading import ZipContent, read_autograder_zip
from tests.support.samples import settings, write_cases

#: What a test file of another course may import and use when it is loaded.
DRAWING = "import matplotlib.pyplot as plt\nfrom matplotlib.patches import Circle\n\nSHAPES = [Circle, plt.Figure]\n"


def content_of(folder: Path) -> ZipContent:
    """An autograder.zip with one test file, which imports matplotlib."""
    path = write_cases(folder, one="init") / "q3.py"
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    return ZipContent("", settings(), {"q3.py": f"{head}\n{DRAWING}{rest}".encode()})


def test_a_zip_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message has the path, the reason and a way out."""
    with pytest.raises(AutograderError, match=r"cannot read .*none\.zip: No such file or directory; build it with"):
        read_autograder_zip(tmp_path / "none.zip")


def test_a_zip_that_was_packed_again_and_damaged_is_named(tmp_path: Path) -> None:
    """Ours are not compressed. If another program has compressed one, damage shows in another way, and is told too."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tests/q3.py", "# a test case\n" * 100)
    content = bytearray(stream.getvalue())
    start = len("tests/q3.py") + 30
    content[start : start + 4] = b"\xff" * 4
    path = tmp_path / "autograder.zip"
    path.write_bytes(content)
    with pytest.raises(AutograderError, match=r"cannot read .*autograder\.zip: .*; build it with"):
        read_autograder_zip(path)


def test_test_files_do_not_load_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Grading does not need it, and loading it takes long. Nothing that stood in for it is left."""
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    finders = list(sys.meta_path)
    [test_file] = content_of(tmp_path).test_files
    assert [case.name for case in test_file.test_cases] == ["one"]
    assert [name for name in sys.modules if name.split(".")[0] == "matplotlib"] == []
    assert sys.meta_path == finders


def test_matplotlib_stays_if_it_is_loaded(tmp_path: Path) -> None:
    """A process that has loaded it keeps it."""
    import matplotlib.pyplot as plt

    [test_file] = content_of(tmp_path).test_files
    assert len(test_file.test_cases) == 1
    assert sys.modules["matplotlib.pyplot"] is plt
