"""Arrays whose values nobody has set: the same at every run, and harmless in a right computation."""

from pathlib import Path

from tests.support.samples import GOOD, grade_cells, passed

#: Expressions, with what they print. Arrays of numbers have values far from all others, unless they are large.
EMPTY = {
    "np.empty(2)": "[-6.27743856e+66 -6.27743856e+66]",
    "np.empty((1, 2), np.int32)": "[[-842150451 -842150451]]",
    "np.empty_like(np.ones(1), dtype=complex).real": "[-6.27743856e+66]",
    "np.empty(1, '>f8')": "[-6.27743856e+66]",
    "0 * np.empty(2, np.longdouble)": "[-0. -0.]",
    "np.empty(2, object)": "[None None]",
    "np.empty(1, 'U3')": "['']",
    "np.empty(0)": "[]",
    "np.empty(10**7).any()": "False",
    "np.empty(shape=3, dtype=bool).shape": "(3,)",
    "np.empty((2, 3), order='F').flags['F_CONTIGUOUS']": "True",
    "np.empty.__name__": "empty",
}

NOTE = "np.empty makes an array without setting its values"


def test_values_that_nobody_has_set(tmp_path: Path) -> None:
    """They look the same at every run, in arrays of all kinds of numbers."""
    graded = grade_cells(tmp_path, GOOD, "import numpy as np", *(f"print({expression})" for expression in EMPTY))
    assert [told.text for told in graded.printed] == list(EMPTY.values())
    assert NOTE not in graded.note


def test_a_note_about_them(tmp_path: Path) -> None:
    """It is there if the code makes such arrays and a public test case fails; a hidden one does not count."""
    reads = "import numpy as np\ndef init(): return np.empty(3)[0]"
    graded = grade_cells(tmp_path, reads)
    assert passed(graded) == {"one": False}
    assert NOTE in graded.note
    hidden = grade_cells(tmp_path, reads, "def forward(): return 1", one="forward", hidden="init")
    assert passed(hidden) == {"one": True, "hidden": False}
    assert NOTE not in hidden.note
    assert NOTE not in grade_cells(tmp_path, "def init(): return 2").note
