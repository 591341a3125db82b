"""Notebooks that would take much memory or time are refused, or read with little; all others are read as before."""

import json
import re
import tracemalloc

import pytest

from autograder.errors import SubmissionError
from autograder.grading import notebooks
from autograder.grading.notebooks import (
    CODE_LIMIT,
    NotebookCode,
    conflicting,
    notebooks_among,
    read_notebook,
    try_notebook,
)
from tests.support.samples import notebook

MARKS = re.compile(r"^(?:<{7}(?= |$)|={7}$|>{7}(?= |$))", re.MULTILINE)
EMOJI = "\N{GRINNING FACE}"


def with_cells(cells: str) -> bytes:
    return b'{"nbformat": 4, "metadata": {}, "cells": %s}' % cells.encode()


def cell(kind: str, source: str) -> dict[str, object]:
    return {"cell_type": kind, "source": source, "metadata": {}}


@pytest.mark.parametrize("cells", ['"aaa"', '{"a": 1}', "7", "null", '["aaa"]'])
def test_cells_that_are_no_list(cells: str) -> None:
    """They are refused before anything is made of them."""
    with pytest.raises(SubmissionError, match=r"is damaged and its cells cannot be read"):
        read_notebook("hw.ipynb", with_cells(cells))


@pytest.mark.parametrize("sheets", ['"aaa"', '[{"cells": "aaa"}]', "[1]"])
def test_worksheets_that_are_no_lists(sheets: str) -> None:
    """The same holds for the old formats."""
    with pytest.raises(SubmissionError, match=r"is damaged and its cells cannot be read"):
        read_notebook("hw.ipynb", b'{"nbformat": 3, "worksheets": %s}' % sheets.encode())


@pytest.mark.parametrize("source", ["x" * (CODE_LIMIT + 1), EMOJI * (CODE_LIMIT // 4)])
def test_more_code_than_people_write(source: str) -> None:
    """The message says what to do. Long text in other cells, such as pictures, is no obstacle."""
    assert read_notebook("hw.ipynb", notebook("x = 1", "y" * (CODE_LIMIT // 2))).cells[0] == "x = 1"
    with pytest.raises(
        SubmissionError, match=r"hw\.ipynb contains more than 5 MB of code: remove .* hand it in again\.$"
    ):
        read_notebook("hw.ipynb", notebook(source))
    code = read_notebook("hw.ipynb", with_cells(json.dumps([cell("markdown", source), cell("code", "x")])))
    assert code.cells == ["x"]
    assert len(code.unrun[0]) < 100_000


@pytest.mark.parametrize("escaped", [True, False])
def test_a_large_notebook_with_an_emoji(escaped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would keep it in four bytes a character. A small one may have any characters."""
    content = with_cells(json.dumps([cell("code", f"# {EMOJI}")], ensure_ascii=escaped))
    assert read_notebook("hw.ipynb", content).cells == [f"# {EMOJI}"]
    monkeypatch.setattr(notebooks, "_LARGEST_WIDE", 60)
    plain = with_cells(json.dumps([cell("code", "# \N{LATIN SMALL LETTER U WITH DIAERESIS}")], ensure_ascii=escaped))
    assert len(read_notebook("hw.ipynb", plain).cells) == 1
    with pytest.raises(SubmissionError, match=r"is larger than .* Clear Outputs"):
        read_notebook("hw.ipynb", content)


def test_many_notebooks_with_much_code() -> None:
    """They are not all kept in memory."""
    one = notebook("x" * (CODE_LIMIT - 200))
    assert len(notebooks_among({f"{number}.ipynb": one for number in range(9)})) == 9
    with pytest.raises(SubmissionError, match=r"more than one notebook: 0\.ipynb, .*Hand in exactly one\.$"):
        notebooks_among({f"{number}.ipynb": one for number in range(12)})


def test_other_json_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a file with the word that every notebook has is read, in any encoding: reading JSON takes long."""
    text, read = notebook("x = 1").decode(), list[bytes]()
    monkeypatch.setattr(notebooks, "read_notebook", lambda name, content: read.append(content))
    content = [text.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le")]
    for one in [b'{"a": [[], []]}', b'{"cells": []}', *content]:
        try_notebook(one)
    assert read == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_many_notebooks_with_many_values(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not all read, whether they are notebooks or only look like some. Commas in texts are no values."""
    monkeypatch.setattr(notebooks, "_MOST_VALUES", 300)
    monkeypatch.setattr(notebooks, "_MOST_TOGETHER", 1000)
    monkeypatch.setattr(notebooks, "_FEW_VALUES", 10)
    heap = ('{"nbformat": 4, "a": [' + ",".join(["[]"] * 100) + "]").encode(encoding)
    own = {"hw.ipynb": notebook("x = 1" + "," * 2000)}
    assert list(notebooks_among(own | {f"{number}.txt": heap for number in range(3)})) == ["hw.ipynb"]
    with pytest.raises(SubmissionError, match=r"more than one notebook: 0\.txt, .*Hand in exactly one\.$"):
        notebooks_among(own | {f"{number}.txt": heap for number in range(6)})
    more = ('{"nbformat": 4, "a": [' + ",".join(["[]"] * 1000) + "]}").encode()  # each is refused by itself
    assert list(notebooks_among(own | {f"{number}.txt": more for number in range(6)})) == ["hw.ipynb"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": "\\\\", "b": {"c": "{\\"', "the end is missing"),
        ('{"a": "\\\\"}}', "it is damaged"),
        ('{"a": "}', "the end is missing"),
        ('{"a": "\\"", {}', "the end is missing"),
        ('{"a": "{{{{\\"{", }', "it is damaged"),
        ('{"nbformat": 4, "x": "' + "\\n" * 3_000_000 + '", }', "it is damaged"),
        ('{"nbformat": 4, ' + '"",' * 2_000_000, "the end is missing"),
    ],
)
def test_damaged_notebooks_take_little_memory(text: str, told: str) -> None:
    """What is wrong is found without memory for each of their strings and escapes."""
    tracemalloc.start()
    try:
        with pytest.raises(SubmissionError, match=told):
            read_notebook("hw.ipynb", text.encode())
        assert tracemalloc.get_traced_memory()[1] < 20 * len(text) + 2**20
    finally:
        tracemalloc.stop()


def test_only_values_outside_of_strings_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with many commas is no list with many values, wherever it is cut to be looked at."""
    monkeypatch.setattr(notebooks, "_MOST_VALUES", 40)
    for size in (1, 2, 3, 7, 2**20):
        monkeypatch.setattr(notebooks, "_PART", size)
        assert read_notebook("hw.ipynb", notebook('x = ",\\\\" + "[[[' + "," * 99)) != NotebookCode([], None)
        with pytest.raises(SubmissionError, match="contains more than 40 values"):
            read_notebook("hw.ipynb", with_cells(json.dumps([cell("code", "x") for _ in range(10)])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", True),
        (">>>>>>> b\n<<<<<<<\n=======\n>>>>>>>", True),
        ("=======\n<<<<<<< a\n>>>>>>> b\n", False),
        ("<<<<<<< a\n>>>>>>> b\n=======\n", False),
        (" <<<<<<< a\n=======\n>>>>>>> b\n", False),
        ("<<<<<<<a\n=======\n>>>>>>> b\n", False),
        ("=======\n" * 1_000_000, False),
    ],
)
def test_marks_of_a_merge(text: str, expected: bool) -> None:
    """They must come in their order, each at the begin of a line."""
    assert conflicting(text) is expected
    marks = "".join(match[0][0] for match in MARKS.finditer(text))
    assert expected is (">" in marks.partition("<")[2].partition("=")[2])
