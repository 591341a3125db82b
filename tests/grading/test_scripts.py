"""Where the cells of a script begin, and that its text stays as it is."""

import ast
import importlib
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from jupytext.jupytext import TextNotebookConverter

from autograder.errors import SubmissionError
from autograder.grading import parsing, scripts
from autograder.grading.notebooks import conflicting
from autograder.grading.parsing import LONGEST, parsed
from autograder.grading.scripts import read_script, script_cells, starts_of
from autograder.grading.splitting import split

TEXT = '''x = """
# %%
%matplotlib inline
# In[1]:
%%time
from __future__ import annotations
"""'''

HEAD = (
    "# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       extension: .py\n"
    "#       format_name: {}\n#       format_version: '1.3'\n# ---\n\n"
)

SPLIT: dict[str, tuple[str, list[str]]] = {
    "one program": ("import a\n\n# a comment\nx = 1\n", ["import a\n\n# a comment\nx = 1\n"]),
    "comments only": ("# a\n# b\n", ["# a\n# b\n"]),
    "percent": ("# a\n# %%\nx = 1\n\n# %% title\ny = 2\n", ["x = 1", "y = 2"]),
    "before the first marker": ("import a\n#%%\nx = 1", ["import a", "x = 1"]),
    "title without a blank": ("#%%time\nx = 1\n#%%bash\ny = 1", ["x = 1", "y = 1"]),
    "strings": (f"# %%\n{TEXT}\n# %%\ny = 1", [TEXT, "y = 1"]),
    "string and no marker": (TEXT, [TEXT]),
    "quotes in shell lines": ('# %%\n!echo it\'s """\n# %%\ny = 1', ['!echo it\'s """', "y = 1"]),
    "quotes in comments": ("# %%\n# it's '''\nx = 1\n# %%\ny = 1", ["# it's '''\nx = 1", "y = 1"]),
    "strings in one line": ("x = '''a''' + \"'''\"\n# %%\ny = '\\''", ["x = '''a''' + \"'''\"", "y = '\\''"]),
    "in a block": (
        "def f():\n    x = 1\n# %%\n    return x\n# %%\ny = 1",
        ["def f():\n    x = 1\n# %%\n    return x", "y = 1"],
    ),
    "before else": ("if a:\n    b\n# %%\nelse:\n    c\n# %%\nd", ["if a:\n    b\n# %%\nelse:\n    c", "d"]),
    "below a decorator": ("# %%\n@a\n# %%\ndef f(): pass\n# %%\nx", ["@a\ndef f(): pass", "x"]),
    "a broken cell": ("# %%\nx = (\n# %%\ny = 1", ["x = (", "y = 1"]),
    "text": ("# %% [markdown]\n# a\n# %% [markdown]\nno such code\n# %% [raw]\n'''a'''\n# %%\nx = 1", ["x = 1"]),
    "code below text": ("# %% [markdown]\nx = 1\n# %%\ny = 1", ["x = 1", "y = 1"]),
    "nbconvert": ("# coding: utf-8\n\n# In[1]:\n\n\nx = 1\n\n\n# In[ ]:\n\n\ny = 1\n", ["x = 1", "y = 1"]),
    "a list in a comment": ("x = 1\n# In [5] we trust\ny = 1", ["x = 1\n# In [5] we trust\ny = 1"]),
    "cell magic below comments": ("# %%\n# why\n%%time\nx = 1", ["%%time\nx = 1"]),
    "cell magic below code": ("# %%\ny = 1\n%%time\nx = 1\n\nz = 1", ["y = 1", "%%time\nx = 1\n\nz = 1"]),
    "cell magic, one program": ("y = 1\n%%bash\nls\n\nx = 1", ["y = 1", "%%bash\nls", "x = 1"]),
    "transparent magic, one program": ("y = 1\n%%time\nx = 1", ["y = 1\nx = 1"]),
    "written file": ("# %%\n# %%writefile a.py\nx = 1\n# %%\ny", ["%%writefile a.py\nx = 1", "y"]),
    "future": (
        "'doc'\nfrom __future__ import annotations\nx = 1",
        ["'doc'\nfrom __future__ import annotations\nx = 1"],
    ),
    "late future": ("!ls\nfrom __future__ import a\nx", ["!ls", "from __future__ import a\nx"]),
    "commented magics": ("# %%\n# !pip install x\n# %cd a\nx", ["# !pip install x\n# %cd a\nx"]),
}


@pytest.mark.parametrize("kind", SPLIT)
def test_split(kind: str) -> None:
    """Cells begin at markers, and nowhere inside of strings or blocks."""
    text, cells = SPLIT[kind]
    assert split(text) == cells


def test_colab() -> None:
    """What Colab commented out comes back; comments of the student stay comments."""
    note = "# Commented out IPython magic to ensure Python compatibility."
    text = f"# !pip install x\n{note}\nimport a\n# %pylab inline\n# %cd x\n\n# %cd y\n\n"
    text += f"{note}\n# %%time\n# x = 1\n#\n\ny = 1"
    assert script_cells(text) == [
        f"# !pip install x\n{note}\nimport a\n%pylab inline\n%cd x\n\n# %cd y\n\n{note}", "%%time\nx = 1", "y = 1"
    ]  # fmt: skip


def test_databricks() -> None:
    """Cells in other languages are left out, those in Python come back."""
    text = (
        "# Databricks notebook source\n# MAGIC %md\n# MAGIC a title\n\n# COMMAND ----------\n\nx = 1\n\n"
        "# COMMAND ----------\n\n# DBTITLE 1,Two\n# MAGIC %python\n# MAGIC y = 1\n\n# COMMAND ----------\n\n"
        "# MAGIC %sql\n# MAGIC select 1\n\n# COMMAND ----------\n\n# MAGIC %pip install a"
    )
    assert script_cells(text) == ["x = 1", "y = 1", "%pip install a"]


def test_jupytext_header() -> None:
    """A header of jupytext's says how the cells are kept; a broken one is no obstacle."""
    assert script_cells(HEAD.format("percent") + "# %%\n# %matplotlib inline\n\n# %%\nx = 1") == [
        "%matplotlib inline", "x = 1"
    ]  # fmt: skip
    for broken in ("[", "percent\n#       other: ["):
        assert script_cells(HEAD.format(broken) + "# %%\nx = 1") == ["x = 1"]
    assert script_cells("# ---\n# jupyter:\n#   jupytext: {}\n# ---\n\nx = 1\n\n\ny = 1\n") == ["x = 1", "y = 1"]


def test_jupytext_header_that_grows() -> None:
    """Aliases of YAML are not followed: nine lines of them stand for more than any memory holds."""
    lines = ["# ---", "# jupyter:", "#   jupytext:", "#     text_representation:", "#       extension: .py"]
    lines.append(f"#   a0: &a0 [{', '.join('x' * 9)}]")
    lines += [f"#   a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert script_cells("\n".join([*lines, "# ---", "# %%", "x = 1", ""])) == ["x = 1\n"]


FAKE = '#!/bin/sh\necho "$0 $@" >> {}\necho 9.9.9\n'
HEADERS = {
    "marimo": HEAD.format("marimo") + "import marimo\napp = marimo.App()\n",
    "marimo in quotes": HEAD.format("'marimo'"),
    "marimo below another name": HEAD.format("percent\n#       format_name: marimo"),
    "marimo as a pair": "# ---\n# jupyter:\n#   jupytext:\n#     formats: ipynb,py:marimo\n# ---\n",
    "marimo by its looks": "# ---\n# jupyter:\n#   jupytext: {}\n# ---\nimport marimo\napp = marimo.App()\n@app.cell\n",
    "pandoc": HEAD.format("pandoc"),
    "pandoc as a flow": "# ---\n# jupyter: {jupytext: {text_representation: {extension: .py, format_name: pandoc}}}\n"
    "# jupytext: 1\n# ---\n",
    "quarto": HEAD.format("quarto"),
    "myst": HEAD.format("myst"),
    "another extension": HEAD.format("marimo").replace(".py", ".qmd"),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_no_header_starts_a_program(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jupytext would start marimo or pandoc with the script. A script that names them is read like any other."""
    importlib.import_module("jupytext")  # asks pandoc for its version
    ran = tmp_path / "ran"
    for program in ("marimo", "pandoc", "quarto", "jupytext", "myst"):
        (tmp_path / program).write_text(FAKE.format(ran))
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert "x = 1" in script_cells(HEADERS[kind] + "# %%\nx = 1\n")[-1]
    assert not ran.exists()


@pytest.mark.parametrize(
    "text",
    [
        HEAD.format("light") + "x = 1\n\n" * 200_000,
        HEAD.format("percent") + "# %% " + "a= " * 300_000 + "\nx = 1\n",
        HEAD.format("percent") + "# %% [markdown]\n" + "# ```a\n" * 4_900,
        HEAD.format("percent")[:-8] + "#   z: [" + "<<: {a: b}," * 80_000 + "]\n# ---\nx = 1\n",
    ],
)
def test_what_takes_jupytext_long_is_not_for_jupytext(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read like a script without a header."""
    monkeypatch.setattr(TextNotebookConverter, "reads", lambda *_: pytest.fail("jupytext reads it"))
    assert script_cells(text)


def test_a_text_that_is_too_long_is_not_parsed() -> None:
    """Its tree would take hundreds of times its size. The cells are still found."""
    text = "# %%\nx = 1\n" * (LONGEST // 11 + 1)
    assert parsed(text) is None
    assert len(script_cells(text)) == LONGEST // 11 + 1


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "text",
    [
        "# %%\n" * 100_000,
        "# %%\nx = 1\n" * 20_000,
        "# %%\n@a\n" * 5_000 + "def f(): pass",
        "from __future__ import a\n" * 20_000,
        '"' + "\\" * 500_000,
        "x = '''" + "'\n" * 200_000,
        "<<<<<<< a\n" * 100_000,
        "<<<<<<< a\n=======\n" * 50_000,
        "# ---\n" + "# jupytext:\n" * 50_000,
        "# Commented out IPython magic to ensure Python compatibility.\n" * 50_000,
    ],
)
def test_large(text: str) -> None:
    """No text takes long to split."""
    begun = time.process_time()
    script_cells(text)
    conflicting(text)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        ("# %% [markdown]\n" + "0;" * 100_000 + "\n") * 10,
        "x = (" + "0," * 120_000 + "\n" + "# %%\n1,\n" * 49 + ")\n",
        ("0;" * 100_000 + "\nfrom __future__ import division\n") * 10,
    ],
)
def test_a_script_is_not_parsed_again_and_again(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text cells, cells within brackets and imports from the future are parsed only while it takes a moment."""
    read = list[str]()
    parse = ast.parse
    monkeypatch.setattr(parsing.ast, "parse", lambda text: read.append(text) or parse("x = 1" if ")" in text else "("))
    assert script_cells(text)
    assert sum(map(len, read)) <= 1_500_000


def test_long_strings_take_little_memory() -> None:
    """Looking for the end of a string needs no memory for each of its characters."""
    tracemalloc.start()
    try:
        for quote in ("'", "'''"):
            script_cells(f"x = {quote}" + "a\\n" * 100_000 + quote)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_a_script_that_is_too_large() -> None:
    """Nobody writes one: the message says what to do."""
    with pytest.raises(SubmissionError, match=r"^hw\.py is larger than 2 MB, which is too long .* hand it in again\.$"):
        read_script("hw.py", b"=======\n" * 300_000)


def test_cells_that_are_not_in_a_script_word_for_word_are_sought_for_a_short_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of them is sought in the whole script. After many of them, no cell is sought."""
    text = b"x = 1\n# %%\n# %%bash\n# ls\n# %%\ny = 2\n"
    assert starts_of("homework.py", text, ["x = 1", *["%%bash\nls"] * 9, "y = 2"]) == [1, *[0] * 9, 6]
    monkeypatch.setattr(scripts, "_SEARCHED", 5 * len(text))
    assert starts_of("homework.py", text, ["x = 1", *["%%bash\nls"] * 9, "y = 2"]) == [1, *[0] * 9, 0]
