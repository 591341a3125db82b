"""``autograder run`` in a terminal."""

import sys

from tests.batch.folders import Place, place
from tests.support.samples import GOOD, notebook, zipped

__all__ = ["place"]


def test_a_whole_class_in_one_zip(place: Place) -> None:
    """Who runs it on the download of a class reads which command grades a class."""
    path = place.folder / "class.zip"
    path.write_bytes(zipped({"ada.ipynb": notebook(GOOD), "grace.ipynb": notebook(GOOD)}))
    done = place.run([sys.executable, "-m", "autograder", "run", str(path), "-a", str(place.zip)])
    assert "There is more than one notebook: ada.ipynb, grace.ipynb. Hand in exactly one." in done.stdout
    assert f"If this is the work of a whole class, run: autograder grade {path}" in done.stdout.replace("\n", "")
