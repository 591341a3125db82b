"""Make the pictures of the pages again: ``python docs/pictures.py``.

An invented class, submissions from the tests' corpus under invented names, is graded with ``dist/autograder.zip`` as
staff would grade it. Chromium then takes a picture of the report, of one result as Gradescope shows it to a student,
and of checks in a student's notebook.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from autograder.zips.archive import read_zip  # noqa: E402
from tests.support.corpus import read_corpus  # noqa: E402

#: Each invented student, and the submission of the corpus that he or she hands in.
CLASS = {
    "Ines Albrecht": "q4_naive_bce",
    "Jonas Brandt": "q5_labels_not_drawn",
    "Maya Chandra": "q3_transposed",
    "Felix Dorn": "q4_yhat_clipped",
    "Lucía Estévez": "q5_no_names",
    "Tariq Farouk": "q4_tanh_on_z",
    "Greta Holm": "curved_recurrence_simple_arrows",
    "Kofi Ibrahim": "q3_normal",
    "Nora Jensen": "q4_a0_kept",
    "Pavel Kovář": "nb_syntax_error_in_forward",
    "Wei Lin": "multidigraph_curved_edges",
    "Sofia Moreau": "q5_reversed_recurrence",
    "Emil Nowak": "q4_no_recurrence",
    "Olivia Park": "q4_state_in_global",
}

#: The student whose result is shown.
SHOWN = "Lucía Estévez"

#: The submission of the corpus whose checks are shown, and the questions.
CHECKED, QUESTIONS = "q4_no_recurrence", ("q3", "q4")

_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>{student}</title>
<style>
body {{ margin: 0; background: #fff; color: #222; font: 15px/1.45 "DejaVu Sans", sans-serif; }}
header {{ display: flex; justify-content: space-between; padding: 14px 24px; background: #eef1f4; }}
header span {{ color: #555; }}
main {{ padding: 4px 24px 20px; }}
h2 {{ margin: 14px 0 8px; font-size: 16px; color: #a02c2c; }}
h2.passed {{ color: #1d7044; }}
pre {{ margin: 0; padding: 12px 16px; background: #f7f8f9; border: 1px solid #dde1e5; white-space: pre-wrap;
  font: 13px/1.5 "DejaVu Sans Mono", monospace; }}
main > pre:first-child {{ margin-top: 12px; }}
</style>
<header><b>{student}</b><span>Autograder results</span></header>
<main>{tests}</main>
"""


def write_class(folder: Path) -> None:
    """Write the class's submissions as a folder that Gradescope exports."""
    corpus = {entry.name: entry for kind in ("correct", "wrong") for entry in read_corpus(kind)}
    lines = []
    for number, (student, name) in enumerate(CLASS.items(), 1):
        corpus[name].write(folder / f"submission_{number}")
        lines += [f"submission_{number}:", "  :submitters:", f"  - :name: {student}", f"    :sid: '{2026000 + number}'"]
    (folder / "submission_metadata.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def student_page(results: dict[str, Any]) -> str:
    """What Gradescope shows to a student of results: the note for the student, and the tests that are visible."""
    shown = [test for test in results["tests"] if test["visibility"] == "visible"]
    note = f"<pre>{_marked(results['output'])}</pre>" if results.get("output") else ""
    tests = "".join(
        f'<h2 class="{escape(test.get("status", ""))}">{escape(test["name"])}</h2><pre>{_marked(test["output"])}</pre>'
        for test in shown
    )
    return _PAGE.format(student=escape(SHOWN), tests=note + tests)


def _marked(text: str) -> str:
    """A text as HTML, with signs that every machine has a font for."""
    return _with_signs(escape(text))


def _with_signs(page: str) -> str:
    return page.replace("✅", '<b style="color: #1d7044">✔</b>').replace("❌", '<b style="color: #a02c2c">✘</b>')


def checks_page(folder: Path) -> str:
    """Checks of one submission as JupyterLab shows them, in a folder with the content of ``student.zip``."""
    for name, content in read_zip(ROOT / "dist" / "student.zip").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (entry,) = (entry for entry in read_corpus("wrong") if entry.name == CHECKED)
    notebook = nbformat.read(entry.write(folder / "entry"), as_version=4)
    (name,) = (path.name for path in folder.glob("*.ipynb"))
    cells = [f"import otter\ngrader = otter.Notebook({name!r})", *(f'grader.check("{one}")' for one in QUESTIONS)]
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    notebook.cells = notebook.cells[-len(QUESTIONS) :]
    page: str = HTMLExporter().from_notebook_node(notebook)[0]
    return _with_signs(page)


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """Take a picture of a page with Chromium."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium found: install the package 'chromium'")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--screenshot={picture}"]
    subprocess.run([*command, f"--window-size={width},{height}", page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Grade the class and make both pictures."""
    grader = [sys.executable, "-m", "autograder"]
    with tempfile.TemporaryDirectory(prefix="pictures-") as name:
        export, graded, page = Path(name, "export"), Path(name, "graded"), Path(name, "result.html")
        export.mkdir()
        write_class(export)
        archive = str(ROOT / "dist" / "autograder.zip")
        subprocess.run([*grader, "grade", str(export), "-a", archive, "-o", str(graded)], cwd=ROOT, check=True)
        subprocess.run([*grader, "report", str(graded)], cwd=ROOT, check=True)
        number = list(CLASS).index(SHOWN) + 1
        results = json.loads((graded / "results" / f"submission_{number}.json").read_text(encoding="utf-8"))
        page.write_text(student_page(results), encoding="utf-8")
        photograph(graded / "report.html", ROOT / "docs" / "report.png", 1100, 1040)
        photograph(page, ROOT / "docs" / "result.png", 900, 420)
        page.write_text(checks_page(Path(name, "student")), encoding="utf-8")
        photograph(page, ROOT / "docs" / "check.png", 900, 290)


if __name__ == "__main__":
    main()
