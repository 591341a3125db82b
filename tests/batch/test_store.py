"""The folder with the records of a class: the names that students give to folders and files do no harm there."""

from pathlib import Path

import pytest

from autograder.batch.merging import merge
from autograder.batch.store import Store
from autograder.grading.results import Record
from autograder.report import write_report
from tests.batch.hands import JANA, OLAF, ZOE, record, write_folder

#: Labels of which one would be a file where another one needs a folder.
LABELS = ("zoe/a.py", "zoe/a.py.json/b.py", "zoe/a.py.part/c.py", f"zoe/d.JSON/{'x' * 300}.py", f"zoe/{'x' * 300}.py")


def labels(store: Store) -> list[str]:
    """The labels of all records that can be read."""
    return sorted(one.ours.file for one in store.read_all() if isinstance(one, Record))


@pytest.mark.parametrize("order", [1, -1])
def test_folders_named_like_records(order: int, tmp_path: Path) -> None:
    """A folder of a student that is named like one of our files takes the place of none, in whatever order."""
    write_folder(tmp_path / "a", [record(label, ZOE) for label in LABELS[::order]])
    store = Store(tmp_path / "a")
    store.tidy()
    assert labels(store) == sorted(LABELS)
    assert all(store.read(label) for label in LABELS)
    assert len(store.files()) == len(LABELS)
    write_folder(tmp_path / "b", [record("olaf.py", OLAF)])
    for _ in range(2):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "c")
        assert len(labels(Store(tmp_path / "c"))) > 1
    assert write_report(tmp_path / "a")


def test_records_of_earlier_versions_stay(tmp_path: Path) -> None:
    """A record below such a folder, where earlier versions put it, is read, and makes way at the next run."""
    write_folder(tmp_path, [record("jana.py/b.py", JANA), record("hw.part/b.py", ZOE), record("olaf/hw.py", OLAF)])
    store = Store(tmp_path)
    (tmp_path / "results" / "jana.py").rename(tmp_path / "results" / "jana.py.json")
    old = tmp_path / "results" / "jana.py.json" / "b.py.json"
    old.write_text(old.read_text(encoding="utf-8").replace('"jana.py/b.py"', '"jana.py.json/b.py"'), encoding="utf-8")
    (tmp_path / "results" / "hw.part").mkdir()
    store.path("hw.part/b.py").rename(tmp_path / "results" / "hw.part" / "b.py.json")
    for _ in range(2):
        assert labels(store) == ["hw.part/b.py", "jana.py.json/b.py", "olaf/hw.py"]
        assert all(store.read(label) for label in labels(store))
        assert len(store.files()) == 3
        assert write_report(tmp_path)
        store.tidy()
    store.write(record("jana.py", JANA))
    assert len(labels(store)) == 4
