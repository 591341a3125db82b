"""What a container prints for assignments that have little to print."""

from pathlib import Path

from autograder.entry.log import log_of
from autograder.grading.grade import complete, load_test_files
from autograder.grading.results import Graded
from tests.support.samples import config, write_cases


def test_no_score_without_test_cases(tmp_path: Path) -> None:
    """If no test file has a case, there is no line with a score, as in Otter; the rest of the log is there."""
    test_files = load_test_files(write_cases(tmp_path))
    log = log_of(Graded(cases=complete(test_files, [], "not run"), note="a note"), config())
    assert len(test_files) == 1
    assert "Total Score" not in log
    assert "GRADING SUMMARY" in log
    one = load_test_files(write_cases(tmp_path, one="init"))
    assert "Total Score: 0.000 / 1.000" in log_of(Graded(cases=complete(one, [], "not run")), config())
