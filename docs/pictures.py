"""Make the pictures of the pages again: ``python docs/pictures.py``.

An invented class, submissions from the tests' corpus under invented names, is graded with ``dist/autograder.zip`` as
staff would grade it. Chromium then takes a picture of the report, of one result as its student sees it,
and of checks in a student's notebook.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, sync_playwright

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
    "Lucía Estévez": "seen_heads_under_big_nodes",
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


def write_class(folder: Path) -> None:
    """Write the class's submissions as a folder that Gradescope exports."""
    corpus = {entry.name: entry for kind in ("correct", "wrong") for entry in read_corpus(kind)}
    lines = []
    for number, (student, name) in enumerate(CLASS.items(), 1):
        corpus[name].write(folder / f"submission_{number}")
        lines += [f"submission_{number}:", "  :submitters:", f"  - :name: {student}", f"    :sid: '{2026000 + number}'"]
    (folder / "submission_metadata.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _with_signs(page: str) -> str:
    """A page with signs that every machine has a font for."""
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


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, for all pictures."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("no Chromium found: install the package 'chromium'")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=program) as browser:
        yield browser


def photograph(browser: Browser, page: Path, picture: str, width: int, height: int, part: str = "") -> None:
    """Take a picture of a page, or of the first part of it that a selector names, into ``docs``."""
    shown = browser.new_page(viewport={"width": width, "height": height})
    shown.goto(page.as_uri())
    (shown.locator(part).first if part else shown).screenshot(path=ROOT / "docs" / picture)


def main() -> None:
    """Grade the class and make the pictures."""
    grader = [sys.executable, "-m", "autograder"]
    with tempfile.TemporaryDirectory(prefix="pictures-") as name:
        export, graded, page = Path(name, "export"), Path(name, "graded"), Path(name, "page.html")
        export.mkdir()
        write_class(export)
        archive = str(ROOT / "dist" / "autograder.zip")
        subprocess.run([*grader, "grade", str(export), "-a", archive, "-o", str(graded)], cwd=ROOT, check=True)
        subprocess.run([*grader, "report", str(graded)], cwd=ROOT, check=True)
        (shown,) = (export / f"submission_{list(CLASS).index(SHOWN) + 1}").iterdir()
        subprocess.run([*grader, "preview", str(shown), "-a", archive, "-o", name], cwd=ROOT, check=True)
        page.write_text(checks_page(Path(name, "student")), encoding="utf-8")
        with chromium() as browser:
            photograph(browser, graded / "report.html", "report.png", 1100, 1040)
            photograph(browser, Path(name, f"{shown.name}.html"), "result.png", 720, 900, "#now .row.failed")
            photograph(browser, page, "check.png", 900, 290)


if __name__ == "__main__":
    main()
