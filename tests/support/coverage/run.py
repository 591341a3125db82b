"""Runs the tests with the tracer in every process, and reports which lines of the package never ran.

``python -m tests.support.coverage.run [pytest's options]``; without options it runs all tests but those in containers
and the hostile ones, which grade with a copy of the package.
"""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coverage import Coverage, CoverageData

from tests.support.corpus import ROOT
from tests.support.coverage.tracer import INDEX, LINES

PACKAGE = ROOT / "autograder"
FOLDER = ROOT / ".coverage-lines"
DATA = ROOT / ".coverage"

#: Where an interpreter looks at its start for what to execute.
_PATH_FILE = Path(sysconfig.get_path("purelib")) / "rnn-autograder-coverage.pth"
_TRACER = Path(__file__).with_name("tracer.py")
_PLAIN = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not docker", "--ignore=tests/hostile")


@contextmanager
def traced_interpreter() -> Iterator[dict[str, int]]:
    """Within the block each interpreter of this environment notes the lines that run; yields where files begin."""
    begins, size = {}, 1
    for path in sorted(PACKAGE.rglob("*.py")):
        begins[str(path)] = size
        size += path.read_bytes().count(b"\n") + 2
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / INDEX).write_text(json.dumps(begins), encoding="utf-8")
    (FOLDER / LINES).write_bytes(bytes(size))
    code = (
        f"space = {{'__name__': 'tracer'}}; exec(open({str(_TRACER)!r}).read(), space); space['start']({str(FOLDER)!r})"
    )
    _PATH_FILE.write_text(
        f"import os; os.access({str(_TRACER)!r}, os.R_OK) and exec({code!r}, {{}})\n", encoding="utf-8"
    )
    try:
        yield begins
    finally:
        _PATH_FILE.unlink()


def write_data(begins: dict[str, int]) -> None:
    """Write what ran in the form of coverage.py."""
    ran = (FOLDER / LINES).read_bytes()
    ends = [*list(begins.values())[1:], len(ran)]
    DATA.unlink(missing_ok=True)
    data = CoverageData(str(DATA))
    data.add_lines(
        {
            path: [n for n in range(end - begin) if ran[begin + n]]
            for (path, begin), end in zip(begins.items(), ends, strict=True)
        }
    )
    data.write()


def main() -> None:
    """Run the tests, then print each file's share and the lines that never ran."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with traced_interpreter() as begins:
        command = [sys.executable, "-m", "pytest", *(sys.argv[1:] or _PLAIN)]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    write_data(begins)
    report = Coverage(data_file=str(DATA), config_file=str(ROOT / "pyproject.toml"))
    report.load()
    report.report(show_missing=True, skip_covered=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
