"""The corpus of submissions: small percent-format files with a header. They are turned into real submissions."""

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jupytext
import nbformat

from autograder.zips.sources import Sources

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "submissions"
QUESTIONS = ("q3", "q4", "q5")
_FUNCTIONS = ("init", "forward", "graph")
_HEADERS = ("title", "loses", "cases", "full", "fill", "form", "waits", "only", "hint")
_FORMS = ("notebook", "script", "zip-notebook", "zip-script")

_IMPORTS = "import numpy as np\nimport networkx as nx\nimport matplotlib.pyplot as plt"
_MODEL = "class Model:\n    pass"


@dataclass(frozen=True)
class Entry:
    """One submission of the corpus."""

    name: str
    path: Path
    title: str
    loses: frozenset[str]
    """Questions that lose at least one point."""
    cases: frozenset[str]
    """The cases that fail, exactly; empty if the header names only questions."""
    form: str
    """notebook, script, zip-notebook or zip-script."""
    fill: tuple[str, ...]
    """Functions of the reference solution to put in front."""
    waits: bool
    """Whether stock Otter cannot grade it, because it has no time limits and no separate process for student code."""
    only: frozenset[str]
    """For q5: the parts that lose points (graph, labels, drawing); empty if the header does not say."""
    hints: frozenset[str]
    """The keys of the hints that its messages should have: ``none`` for none, empty if the header does not say."""
    body: str

    def write(self, folder: Path) -> Path:
        """Write the submission as a student would submit it, and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        inner = folder
        if self.form.startswith("zip-"):
            inner = folder / f"{self.name}.files"
            shutil.copytree(self.path, inner, ignore=shutil.ignore_patterns("submission.py", "__pycache__"))
        if self.form.endswith("script"):
            target = inner / f"{self.name}.py"
            target.write_text(self._script(), encoding="utf-8")
        else:
            target = inner / f"{self.name}.ipynb"
            nbformat.write(self._notebook(), target)
        if inner is not folder:
            target = Path(shutil.make_archive(str(folder / self.name), "zip", inner))
            shutil.rmtree(inner)
        return target

    def _script(self) -> str:
        parts = [_IMPORTS, _MODEL, *(reference()[name] for name in self.fill)] if self.fill else []
        if re.search(r"^# %%", self.body, re.MULTILINE):
            parts = [f"# %%\n{part}" for part in parts]
        return "\n\n".join([*parts, self.body])

    def _notebook(self) -> nbformat.NotebookNode:
        notebook = jupytext.reads(self.body, fmt="py:percent")
        notebook.metadata.pop("jupytext", None)
        front = [_IMPORTS, _MODEL, *(reference()[name] for name in self.fill)] if self.fill else []
        notebook.cells[:0] = [nbformat.v4.new_code_cell(part) for part in front]
        for index, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{index}"
        return notebook


@cache
def project() -> Sources:
    """The project's own sources and settings, whose test files are bundled once for all tests of a process."""
    return Sources(ROOT, ROOT / "otter_config.json")


@cache
def reference() -> dict[str, str]:
    """The reference solution's functions as cells."""
    return {name: one.whole for name, one in project().reference.items()}


@cache
def read_corpus(kind: str) -> list[Entry]:
    """Read all entries in a folder of the corpus: correct or wrong."""
    files = sorted((FOLDER / kind).glob("*.py")) + sorted((FOLDER / kind).glob("*/submission.py"))
    return [read_entry(path) for path in files]


def read_entry(path: Path) -> Entry:
    """Read one submission: a file, or the submission.py of a folder.

    Raises:
        ValueError: something is wrong with its header.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header: dict[str, str] = {}
    while lines and (match := re.fullmatch(r"# (\w+): *(.*)", lines[0])):
        if match[1] not in _HEADERS:
            raise ValueError(f"{path}: the header has '{match[1]}'; it may have {', '.join(_HEADERS)}")
        continued = match[1] == "cases" and "cases" in header
        header[match[1]] = f"{header['cases']}, {match[2]}" if continued else match[2]
        lines.pop(0)
    if lacking := {"title", "loses"} - header.keys():
        raise ValueError(f"{path}: the header must have {' and '.join(sorted(lacking))}")
    fill = _words(header.get("fill", ""))
    if header.get("form", "notebook") not in _FORMS or not fill <= {*_FUNCTIONS}:
        raise ValueError(f"{path}: form is one of {', '.join(_FORMS)}; fill names some of {', '.join(_FUNCTIONS)}")
    folder = path.parent if path.name == "submission.py" else path
    if folder != path and not header.get("form", "").startswith("zip-"):
        raise ValueError(
            f"{path}: write 'form: zip-notebook' or 'form: zip-script', or its other files are not handed in"
        )
    if folder == path and header.get("form", "").startswith("zip-"):
        raise ValueError(f"{path}: for a zip, make a folder with a submission.py and the other files")
    loses, full = _words(header["loses"]), _words(header.get("full", "nothing"))
    if path.parts[-2] != "correct" and folder.parent.name != "correct" and loses | full != set(QUESTIONS):
        raise ValueError(f"{path}: loses and full must name q3, q4 and q5 between them")
    cases = frozenset(name.strip() for name in header.get("cases", "").split(",") if name.strip())
    if cases and {case.split()[0] for case in cases} != loses:
        raise ValueError(f"{path}: cases must name cases of the questions in loses, and of no others")
    return Entry(
        name=folder.stem,
        path=folder,
        title=header["title"],
        loses=loses,
        cases=cases,
        form=header.get("form", "notebook"),
        fill=tuple(sorted(fill, key=_FUNCTIONS.index)),
        waits=header.get("waits") == "sandbox",
        only=_words(header.get("only", "")),
        hints=_words(header.get("hint", "")),
        body="\n".join(lines).lstrip("\n") + "\n",
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.split(r"[,\s]+", text) if word and word != "nothing")
