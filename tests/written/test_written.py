"""``autograder written`` and ``autograder total``, from notebooks to the table of the class."""

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.zips.sources import Sources
from tests.support import prepared
from tests.support.corpus import ROOT
from tests.support.samples import zipped
from tests.written.samples import answered, handout, pasted, picture, pictures_in, place, saved, text_of, written

RUBRIC = ROOT / "reference_solution" / "rubric.md"


def run(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder that holds nothing."""
    command = [sys.executable, "-m", "autograder", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return prepared.run(command, folder, environment)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def archive(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An autograder.zip, without trying it out."""
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name, content in sources.autograder_files().items():
            target.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def classroom(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four submissions: an ordinary one, one with photos, one without answers, and one that is no notebook."""
    photos = answered(sources, q2="![p](attachment:p.png)")
    photos.cells[place(photos, "q2")] = pasted("see ![p](attachment:p.png)", "p.png", picture())
    photos.cells[place(photos, "q1")].source = r"$\foo{x}$ and ![s](scan.jpg)"
    folder = saved(
        tmp_path_factory.mktemp("class") / "class",
        ada=answered(sources, q1="Ada's $e^{-|z|} \\le 1$", q2=r"\begin{align}\sigma(z)-y\end{align}"),
        nobody=handout(sources),
    )
    (folder / "bob.zip").write_bytes(zipped({"hw.ipynb": written(photos), "scan.jpg": picture("JPEG")}))
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def output(archive: Path, classroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``autograder grade`` and ``autograder written`` leave in one folder."""
    folder = tmp_path_factory.mktemp("out")
    graded = run("grade", classroom, "-a", archive, "-o", folder / "out", "-q", folder=folder)
    made = run("written", classroom, "-a", archive, "-o", folder / "out", "--rubric", RUBRIC, folder=folder)
    assert (graded.returncode, made.returncode, made.stderr) == (0, 0, "")
    assert "made 4, kept 0" in made.stdout
    return folder / "out"


@pytest.mark.slow
def test_a_pdf_for_every_submission(output: Path) -> None:
    """Each with who it is at the head; what cannot be set is there as it was typed."""
    texts = {path.name: path.read_bytes() for path in (output / "written").glob("*.pdf")}
    assert sorted(texts) == ["ada.ipynb.pdf", "bob.zip.pdf", "broken.ipynb.pdf", "nobody.ipynb.pdf"]
    assert "Ada's" in text_of(texts["ada.ipynb.pdf"])
    assert "bob.zip" in text_of(texts["bob.zip.pdf"])
    assert r"\foo{x}" in text_of(texts["bob.zip.pdf"])
    assert pictures_in(texts["bob.zip.pdf"]) == 2
    assert "broken.ipynb is not a notebook" in " ".join(text_of(texts["broken.ipynb.pdf"]).split())
    assert text_of(texts["nobody.ipynb.pdf"]).count("Nothing was handed in") == 2


@pytest.mark.slow
def test_packets_are_anonymous(output: Path) -> None:
    """A packet has the answers to one question under codes; empty ones are listed apart."""
    codes = {row["file"]: row["code"] for row in rows(output / "written-codes.csv")}
    for question, other in (("q1", "σ"), ("q2", "Ada's")):
        text = text_of((output / "packets" / f"{question}.pdf").read_bytes())
        assert codes["ada.ipynb"] in text
        assert codes["bob.zip"] in text
        assert codes["nobody.ipynb"] not in text
        assert "ipynb" not in text
        assert other not in text
    empty = (output / "packets" / "empty-answers.txt").read_text()
    assert empty.count(codes["nobody.ipynb"]) == 2
    assert "nobody" not in empty
    assert "ada" not in (output / "written.csv").read_text()


@pytest.mark.slow
def test_a_second_run_makes_only_what_has_changed(
    output: Path, archive: Path, classroom: Path, sources: Sources
) -> None:
    """A changed submission is made anew, and the table and the codes stay."""
    before = {path: path.read_bytes() for path in (output / "written.csv", output / "written-codes.csv")}
    options = ("-a", archive, "-o", output, "--rubric", RUBRIC)
    again = run("written", classroom, *options, folder=output)
    assert "made 0, kept 4" in again.stdout
    saved(classroom, ada=answered(sources, q1="changed", q2=r"$\sigma(z)-y$"))
    again = run("written", classroom, *options, folder=output)
    assert "made 1, kept 3" in again.stdout
    assert "changed" in text_of((output / "written" / "ada.ipynb.pdf").read_bytes())
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.slow
def test_the_pages_for_graders(output: Path) -> None:
    text = " ".join(text_of((output / "packets" / "q2-rubric.pdf").read_bytes()).split())
    assert [level for level in ("4 of 4", "3 of 4", "2 of 4", "1 of 4", "0.5 of 1") if level not in text] == []
    assert "For example" in text


def _fill(output: Path, name: str, **changes: str) -> Path:
    """A table with the same mark for everybody, and some changes to the first row."""
    head, possible, *rest = csv.reader((output / "written.csv").read_text("utf-8-sig").splitlines())
    lines = [head, possible]
    for number, row in enumerate(rest):
        marks = dict.fromkeys(head[1:], "0.5") | {"comment q1": "well <b>done</b>", "comment q2": ""}
        lines.append([row[0], *(marks | (changes if number == 0 else {})).values()])
    path = output / name
    path.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_totals(output: Path) -> None:
    """One table with all marks, and a page for each submission with its items, comments and test cases."""
    table = _fill(output, "graded-by-x.csv", **{"1a": "4"})
    made = run("total", output, "--table", table, folder=output)
    found = {row["file"]: row for row in rows(output / "total.csv")}
    codes = {row["code"]: row["file"] for row in rows(output / "written-codes.csv")}
    assert found[codes["A001"]]["q1"] == "7.5"
    assert {row["q2"] for row in found.values()} == {"2.5"}
    whole = found["nobody.ipynb"]
    assert float(whole["total"]) == sum(float(whole[question]) for question in ("q1", "q2", "q3", "q4", "q5"))
    assert whole["status"] == "complete"
    assert found["broken.ipynb"]["total"] == ""
    assert "no marks from the test cases" in made.stderr
    assert made.returncode == 1
    page = (output / "feedback" / "nobody.ipynb.html").read_text()
    assert "well &lt;b&gt;done" in page
    assert "q3" in page
    assert "0.5 of 4" in page or "4 of 4" in page


@pytest.mark.slow
def test_what_is_not_filled_in_has_no_total(output: Path) -> None:
    """Empty cells are listed, and nothing takes their place."""
    made = run("total", output, folder=output)
    assert {row["total"] for row in rows(output / "total.csv")} == {""}
    assert made.stderr.count("no points for 1a") == 4
    assert made.returncode == 1


@pytest.mark.slow
def test_two_graders(output: Path) -> None:
    """Where they differ there is no mark; agreement and differences are told."""
    one, two = _fill(output, "one.csv"), _fill(output, "two.csv", **{"1b": "2"})
    made = run("total", output, "--table", one, "--table", two, folder=output)
    assert "two.csv, row 3 (A001), column 1b: 2, but one.csv, row 3 (A001) has 0.5" in made.stderr
    assert "1b: 3 of 4 the same" in made.stdout
    assert [row["item"] for row in rows(output / "disagreements.csv")] == ["1b"]
    assert len(rows(output / "agreement.csv")) == 13
    assert [row["q1"] for row in rows(output / "total.csv") if row["code"] == "A001"] == [""]


@pytest.mark.slow
def test_another_assignment(tmp_path: Path) -> None:
    """The engine knows no exercise: another course's question is found by the marks in its own handout."""
    root = ROOT / "tests" / "second_assignment"
    sources = Sources(root, root / "otter_config.json")
    assert sources.written == ["explain"]
    with zipfile.ZipFile(tmp_path / "autograder.zip", "w") as target:
        for name, content in sources.autograder_files().items():
            target.writestr(name, content)
    folder = saved(tmp_path / "class", eve=answered(sources, explain="It hides $x$ peaks."))
    made = run("written", folder, "-a", tmp_path / "autograder.zip", "-o", tmp_path / "out", folder=tmp_path)
    assert made.returncode == 0
    assert "It hides" in text_of((tmp_path / "out" / "packets" / "explain.pdf").read_bytes())
    assert "name the rubric with --rubric" in made.stdout
