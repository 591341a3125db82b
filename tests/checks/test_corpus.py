"""Grade the whole corpus: correct submissions get every point, wrong ones lose points where they should."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path

import msgspec
import pytest

from autograder.grading.grade import grade_path
from autograder.grading.judging import Judge, functions_of
from autograder.grading.otter_parts import TestFile
from autograder.sandbox import Sandbox
from autograder.settings import load
from tests.support.corpus import QUESTIONS, ROOT, Entry, read_corpus
from tests.support.hints import NONE, all_hints, keys_in
from tests.support.samples import judge_of

#: Shorter than in real grading, so that the endless loops of the corpus do not slow down the tests.
LIMITS = {"call_seconds": 6.0, "cells_seconds": 3.0, "total_seconds": 60.0}

#: For those that use up their time in case after case, by words in their names.
SHORTER = {"endless": {"call_seconds": 0.2, "cells_seconds": 0.6}, "exponential": {"call_seconds": 0.6}}

ENTRIES = [*read_corpus("correct"), *read_corpus("wrong")]

#: The part of exercise 5 that a case belongs to, for ``only:`` in the headers.
PARTS = {
    "q5 directed graph": "graph",
    "q5 nodes": "graph",
    "q5 edges": "graph",
    "q5 edge labels": "labels",
    "q5 names in the drawing": "drawing",
    "q5 arrows in the drawing": "drawing",
    "q5 labels in the drawing": "drawing",
    "q5 arrangement of the drawing": "drawing",
}

#: The names of those that must say which hint they get begin with these.
HINTED = ("q3_", "q4_", "q5_", "seen_", "slip_")

Failed = dict[str, str]


def grade_entry(entry: Entry, folder: Path, case_files: Path) -> Failed:
    """Grade a submission as in a batch; return the failed cases with their messages."""
    limits = LIMITS | next((shorter for word, shorter in SHORTER.items() if word in entry.name), {})
    pictures = "failed" if _in_full(entry) else "never"  # they change no marks
    settings = msgspec.structs.replace(load(ROOT / "otter_config.json"), pictures=pictures, **limits)
    path = entry.write(folder / entry.path.parent.name)
    graded = grade_path(path, judge_for(entry, case_files), settings, _own_sandbox(case_files))
    return {case.name: case.message for case in graded.cases if not case.passed}


def judge_for(entry: Entry, case_files: Path) -> Judge:
    """What judges a submission. Most are judged only in the questions that depend on what they define themselves.

    The other questions would only judge the reference solution's functions again and again, which takes a quarter of
    the time. One submission in six is judged in all questions nevertheless.
    """
    judge = judge_of(case_files)
    own = tuple(file for file in judge.test_files if not functions_of([file]).keys() <= set(entry.fill))
    if _in_full(entry) or not entry.loses <= {file.name for file in own}:
        return judge
    return _judge_of_part(own)


def _in_full(entry: Entry) -> bool:
    return ENTRIES.index(entry) % 6 == 0


@cache
def _judge_of_part(test_files: tuple[TestFile, ...]) -> Judge:
    return Judge(list(test_files))


@cache
def _own_sandbox(case_files: Path) -> Sandbox:
    """The warm parent of this pool process."""
    sandbox = Sandbox(secrets=[case_files])
    sandbox.start()
    Finalize(None, sandbox.close, exitpriority=1)
    return sandbox


@pytest.fixture(scope="module")
def matrix(
    case_files: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[dict[Entry, Failed]]:
    """The failed cases of every submission that a test asks for. All cores grade in parallel."""
    folder = tmp_path_factory.mktemp("corpus")
    judge_of(case_files)  # loaded here, for all processes that are forked below
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        slow_first = sorted(asked_for(request.session.items), key=lambda entry: not entry.waits)
        futures = {entry: pool.submit(grade_entry, entry, folder, case_files) for entry in slow_first}
        yield {entry: future.result() for entry, future in futures.items()}


def asked_for(tests: list[pytest.Item]) -> set[Entry]:
    """The submissions that these tests are about; all of them, if one is about the whole corpus."""
    using = [test for test in tests if "matrix" in getattr(test, "fixturenames", ())]
    if any(test.get_closest_marker("whole_corpus") for test in using):
        return set(ENTRIES)
    return {test.callspec.params["entry"] for test in using}  # type: ignore[attr-defined]


def test_corpus_is_large_enough() -> None:
    """There are at least 45 correct and 90 wrong submissions, and no two have the same title."""
    assert len(read_corpus("correct")) >= 45
    assert len(read_corpus("wrong")) >= 90
    titles = [entry.title for entry in ENTRIES]
    assert len(set(titles)) == len(titles)


def test_headers_name_the_cases_of_exercises_3_and_4() -> None:
    """Every wrong submission that loses q3 or q4 says in which cases; 45 of them or more are single slips."""
    wrong = [entry for entry in read_corpus("wrong") if entry.loses & {"q3", "q4"}]
    assert [entry.name for entry in wrong if not entry.cases] == []
    assert sum(len(entry.loses) == 1 for entry in wrong) >= 45


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.path.parent.name}-{entry.name}")
def test_submission_loses_points_where_it_should(entry: Entry, matrix: dict[Entry, Failed]) -> None:
    """A submission fails exactly in the cases that its header names, or loses points in the questions that it names."""
    failed = matrix[entry]
    assert {case.split()[0] for case in failed} == set(entry.loses), failed
    if entry.cases:
        assert set(failed) == set(entry.cases), failed


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.only and "all" not in e.only], ids=lambda entry: entry.name)
def test_graph_loses_points_in_the_right_part(entry: Entry, matrix: dict[Entry, Failed]) -> None:
    """A mistake in exercise 5 costs points only in the parts that its header names: graph, labels or drawing."""
    failed = matrix[entry]
    assert {PARTS[case] for case in failed} == set(entry.only), failed


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.hints], ids=lambda entry: entry.name)
def test_messages_have_the_hint_that_is_right(entry: Entry, matrix: dict[Entry, Failed]) -> None:
    """The messages of a wrong submission name the cause that its header names, in at least one case, and no other."""
    failed = matrix[entry]
    found = {key for message in failed.values() for key in keys_in(message)}
    assert found == entry.hints - {NONE}, failed


def test_headers_name_hints() -> None:
    """Wrong submissions name hints that exist, and at least 85 % of those of each exercise name one."""
    wrong = [entry for entry in read_corpus("wrong") if entry.hints or entry.name.startswith(HINTED)]
    assert [entry.name for entry in wrong if not entry.hints] == []
    known = {NONE, *(hint.key for hint in all_hints())}
    assert {entry.name: entry.hints - known for entry in wrong if entry.hints - known} == {}
    for question in QUESTIONS:
        own = [entry for entry in wrong if entry.loses == {question}]
        assert sum(NONE not in entry.hints for entry in own) >= 0.85 * len(own), question


@pytest.mark.whole_corpus
def test_no_case_is_idle(matrix: dict[Entry, Failed], case_files: Path) -> None:
    """Every case fails for at least one wrong submission that no other question catches."""
    from autograder.grading.grade import load_test_files

    declared = {case.name for test_file in load_test_files(case_files) for case in test_file.test_cases}
    telling = {case for entry, failed in matrix.items() if len(entry.loses) == 1 for case in failed}
    assert declared - telling == set()


@pytest.mark.whole_corpus
def test_messages_of_hidden_cases_show_no_numbers(matrix: dict[Entry, Failed], case_files: Path) -> None:
    """The messages that students read about hidden cases of exercises 3 and 4 contain no drawn number."""
    import re

    from autograder.grading.grade import load_test_files

    hidden = {c.name for f in load_test_files(case_files) for c in f.test_cases if c.hidden and f.name != "q5"}
    for failed in matrix.values():
        for case in hidden & set(failed):
            assert not re.search(r"\d\.\d{3,}|\[\d", failed[case]), failed[case]
