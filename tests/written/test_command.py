"""``autograder written``: what goes wrong with one submission, or with the zip, is told; the others go on."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.batch.found import Found
from autograder.batch.job import Batch
from autograder.errors import AutograderError, SubmissionError
from autograder.grading.handout import HANDOUT_FILE
from autograder.written import command, commands
from autograder.written.command import WrittenJob, make_written
from autograder.written.layout import AnswerPages, lay_out
from autograder.zips.sources import Sources
from tests.support.corpus import ROOT
from tests.written.samples import answered, saved, text_of

Files = dict[str, bytes | str]


def packed(sources: Sources, path: Path, change: Callable[[Files], None] = lambda files: None) -> Path:
    """An autograder.zip, with a change to its files."""
    files: Files = dict(sources.autograder_files())
    change(files)
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


@pytest.fixture(scope="module")
def archive(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An autograder.zip, without trying it out."""
    return packed(sources, tmp_path_factory.mktemp("zip") / "autograder.zip")


@pytest.fixture(scope="module")
def classroom(sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two submissions."""
    folder = tmp_path_factory.mktemp("class") / "class"
    return saved(folder, ada=answered(sources, q1="Ada's"), bob=answered(sources, q1="Bob's"))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder without a rubric, so that no table of marks is made."""
    monkeypatch.chdir(tmp_path)


def refusing(error: BaseException) -> Callable[[Found], tuple[str, bytes]]:
    """What reads submissions, but not Bob's."""
    read = Found.read

    def refuse(one: Found) -> tuple[str, bytes]:
        if one.label == "bob.ipynb":
            raise error
        return read(one)

    return refuse


@pytest.mark.slow
def test_a_file_that_the_machine_cannot_read(
    archive: Path, classroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no PDF, and the reason is told; the others have theirs."""
    monkeypatch.setattr(Found, "read", refusing(OSError(5, "Input/output error")))
    summary = make_written(WrittenJob(Batch([classroom], archive, tmp_path / "out")))
    assert summary.made == 1
    assert [label for label, _ in summary.failures] == ["bob.ipynb"]
    assert "the disk has an input/output error" in summary.failures[0][1]
    assert [path.name for path in (tmp_path / "out" / "written").iterdir()] == ["ada.ipynb.pdf"]


@pytest.mark.slow
def test_a_file_that_is_refused(
    archive: Path, classroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """A submission that cannot be opened for a reason of its own has a PDF that says so."""
    monkeypatch.setattr(Found, "read", refusing(SubmissionError("Your submission is larger than 9 MB.")))
    summary = make_written(WrittenJob(Batch([classroom], archive, tmp_path / "out")))
    assert (summary.made, summary.failures) == (2, [])
    assert "Your submission is larger than 9 MB." in text_of(
        (tmp_path / "out" / "written" / "bob.ipynb.pdf").read_bytes()
    )


def failing(error: BaseException) -> Callable[..., AnswerPages]:
    """What lays out submissions, but not Bob's."""

    def lay(typesetter: object, work: object, *more: object) -> AnswerPages:
        if "Bob's" in str(work):
            raise error
        return lay_out(typesetter, work, *more)  # type: ignore[arg-type]

    return lay


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (AutograderError("no PDF can be made here"), 1, "no PDF of bob.ipynb: no PDF can be made here"),
        (RuntimeError("of ours"), 1, "no PDF of bob.ipynb: an error in the autograder"),
        (KeyboardInterrupt(), 130, "stopped; run the same command again to resume"),
    ],
)
def test_what_ends_the_work_on_one(
    archive: Path, classroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    error: BaseException, status: int, told: str,
) -> None:  # fmt: skip
    """An error is told and the exit status says so, and after Ctrl-C the same command makes the rest."""
    words = [str(classroom), "-a", str(archive), "-o", str(tmp_path / "out"), "-j", "1"]
    with monkeypatch.context() as patch:
        patch.setattr(command, "lay_out", failing(error))
        result = CliRunner().invoke(commands.written, words)
    assert result.exit_code == status
    assert told in result.output
    again = CliRunner().invoke(commands.written, words)
    assert (again.exit_code, "made 1, kept 1" in again.output) == (0, True)


def _without_points(files: Files) -> None:
    config = json.loads(files["otter_config.json"])
    (plugin,) = config["plugins"][0].values()
    del plugin["points"]["q1"], plugin["points"]["q2"]
    files["otter_config.json"] = json.dumps(config)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without_points, "every question has test cases, so nothing is graded by hand"),
        (lambda files: files.pop(HANDOUT_FILE), "build it again with 'autograder build'"),
        (lambda files: files.update({HANDOUT_FILE: b"{"}), "its description of the handout is"),
        (lambda files: files.update({HANDOUT_FILE: b"{}"}), "the handout has no cell for the answer to q1, q2"),
    ],
)
def test_a_zip_that_does_not_fit(
    sources: Sources, classroom: Path, tmp_path: Path, change: Callable[[Files], None], told: str
) -> None:
    """What the zip lacks is told before anything is made."""
    archive = packed(sources, tmp_path / "autograder.zip", change)
    with pytest.raises(AutograderError, match=told):
        make_written(WrittenJob(Batch([classroom], archive, tmp_path / "out")))
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_cannot_be(archive: Path, classroom: Path, tmp_path: Path) -> None:
    """If the folder cannot be made, its name and the reason are told."""
    (tmp_path / "file").touch()
    with pytest.raises(AutograderError, match=r"cannot write to .*file/out: Not a directory"):
        make_written(WrittenJob(Batch([classroom], archive, tmp_path / "file" / "out")))


def test_two_runs_in_one_folder(
    archive: Path, classroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """While another run uses the folder, nothing is written to it."""
    monkeypatch.setattr("autograder.batch.command._PATIENCE", 0)
    job = WrittenJob(Batch([classroom], archive, tmp_path / "out"))
    with command._own_folder(tmp_path / "out"), pytest.raises(AutograderError, match="another run is using"):
        make_written(job)


@pytest.mark.parametrize(
    ("question", "told"),
    [("q1", ""), ("explain", "no table of marks: .*<!-- question: explain -->.*give another rubric with --rubric")],
)
def test_the_default_rubric(sources: Sources, monkeypatch: pytest.MonkeyPatch, question: str, told: str) -> None:
    """The rubric in its usual place is used if it is the one of the assignment; if not, that is told."""
    monkeypatch.chdir(ROOT)
    rubric, trouble = command._rubric(None, sources.settings, {question: "One"})
    assert (rubric is None) == bool(told)
    assert re.fullmatch(told, trouble)
