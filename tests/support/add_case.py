"""Add a test case to the headers of submissions that fail it: ``python -m tests.support.add_case CASE [NAME...]``.

Without names, it is added to all submissions in ``wrong/`` that failed in the last run of
``tests/checks/test_corpus.py``, because they lost points elsewhere than their headers say.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.corpus import ROOT, Entry, project, read_corpus

#: Where pytest keeps the tests that failed.
LAST_FAILED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"

_WIDTH = 120


def add(case: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Add a test case to the headers of these submissions, and tell for each of them what was done."""
    question = case.split()[0]
    for entry in entries:
        if case in entry.cases:
            yield f"{entry.name}: names it already"
        elif question not in entry.loses:
            yield f"{entry.name}: left alone, since it loses nothing in {question}: the test case may be too strict"
        elif not entry.cases:
            yield f"{entry.name}: left alone, since it names no test cases"
        else:
            path = entry.path / "submission.py" if entry.path.is_dir() else entry.path
            path.write_text(with_case(path.read_text(encoding="utf-8"), case), encoding="utf-8")
            yield f"{entry.name}: added"


def with_case(text: str, case: str) -> str:
    """The text of a submission whose header names one more test case, in a line of its own if the last one is full."""
    lines = text.splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.startswith("# cases:"))
    longer = f"{lines[last].rstrip()}, {case}\n"
    if len(longer.rstrip()) <= _WIDTH:
        lines[last] = longer
    else:
        lines.insert(last + 1, f"# cases: {case}\n")
    return "".join(lines)


def failed_lately(cache: Path) -> list[str]:
    """The names of the submissions in ``wrong/`` that lost points elsewhere than their headers say."""
    if not cache.is_file():
        sys.exit("no run of pytest has failed here: run tests/checks/test_corpus.py first, or give names")
    tests = json.loads(cache.read_text(encoding="utf-8"))
    return re.findall(r"test_submission_loses_points_where_it_should\[wrong-(\w+)\]", "\n".join(tests))


def main(case: str, names: list[str]) -> None:
    """Add the test case, and print what was done.

    Raises:
        SystemExit: there is no such test case or submission.
    """
    if not any(f'name="{case}"' in text for text in project().all_tests.values()):
        sys.exit(f"there is no test case {case!r} in tests/otter")
    every = {entry.name: entry for entry in read_corpus("wrong")}
    wanted = names or failed_lately(LAST_FAILED)
    if unknown := [name for name in wanted if name not in every]:
        sys.exit(f"there is no submission {unknown[0]!r} in tests/submissions/wrong")
    for told in add(case, (every[name] for name in wanted)):
        print(told)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.support.add_case CASE [NAME...]")
    main(sys.argv[1], sys.argv[2:])
