"""Runs the tests with the tracer in every process, and reports which lines of the project never ran.

``python -m tests.support.coverage.run [--append] [pytest's options]``; without options it runs all tests but those in
containers. With ``--append`` it adds to what ran before, as long as the files of the project are the same.
"""

import json
import marshal
import os
import subprocess
import sys
import sysconfig
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from coverage import Coverage, CoverageData

from tests.support.corpus import ROOT
from tests.support.coverage.index import BRANCHES, Index, make_index
from tests.support.coverage.tracer import INDEX, RAN

#: Hostile tests hide other folders, or make them read-only.
_RUN = Path("/run")
FOLDER = _RUN / f"coverage-of{ROOT}".replace("/", "-") if os.access(_RUN, os.W_OK) else ROOT / ".coverage-lines"
DATA = ROOT / ".coverage"

#: Where an interpreter looks at its start for what to execute.
_PATH_FILE = Path(sysconfig.get_path("purelib")) / "rnn-autograder-coverage.pth"
_TRACER = Path(__file__).with_name("tracer.py")
_PLAIN = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not docker")


@contextmanager
def traced_interpreter(append: bool) -> Iterator[Index]:
    """Within the block each interpreter of this environment notes the lines that run; yields where files begin."""
    index = make_index()
    content = marshal.dumps(index.for_tracer())
    FOLDER.mkdir(exist_ok=True)
    if not append or not (FOLDER / RAN).exists() or (FOLDER / INDEX).read_bytes() != content:
        (FOLDER / INDEX).write_bytes(content)
        (FOLDER / RAN).write_bytes(bytes(index.size))
    code = (
        f"space = {{'__name__': 'tracer'}}; exec(open({str(_TRACER)!r}).read(), space); space['start']({str(FOLDER)!r})"
    )
    _PATH_FILE.write_text(
        f"import os; os.access({str(_TRACER)!r}, os.R_OK) and exec({code!r}, {{}})\n", encoding="utf-8"
    )
    try:
        yield index
    finally:
        _PATH_FILE.unlink()


def write_data(index: Index) -> None:
    """Write what ran in the form of coverage.py."""
    ran = (FOLDER / RAN).read_bytes()
    DATA.unlink(missing_ok=True)
    data = CoverageData(str(DATA))
    lines = {name: [n for n, (byte, _) in lines.items() if ran[byte]] for name, (lines, _) in index.files.items()}
    if BRANCHES:
        ways = {name: [way for way, byte in ways.items() if ran[byte]] for name, (_, ways) in index.files.items()}
        data.add_arcs({str(ROOT / name): [*ways[name], *((n, n) for n in lines[name])] for name in lines})
    else:
        data.add_lines({str(ROOT / name): lines[name] for name in lines})
    data.touch_files([str(ROOT / name) for name in lines])  # those that nothing imported, too
    data.write()


def main() -> None:
    """Run the tests, then print each file's share and the lines that never ran, and the share of each room."""
    options = sys.argv[1:]
    append = options[:1] == ["--append"]
    options = options[append:] or list(_PLAIN)
    with traced_interpreter(append) as index:
        command = [sys.executable, "-m", "pytest", "-p", "tests.support.coverage.again", *options]
        status = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode
    write_data(index)
    report()
    sys.exit(status)


def report() -> None:
    """Print the lines that never ran, and what share of each room did."""
    coverage = Coverage(data_file=str(DATA), config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    coverage.report(show_missing=True, skip_covered=True)
    with TemporaryDirectory() as folder:
        coverage.json_report(outfile=str(Path(folder, "report.json")))
        files = json.loads(Path(folder, "report.json").read_text(encoding="utf-8"))["files"]
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for name, file in files.items():
        for room in (Path(name).parent.as_posix(), "all"):
            rooms[room].update({key: value for key, value in file["summary"].items() if isinstance(value, int)})
    print(f"\n{'room':<24}{'lines':>15}{'branches':>17}")
    for room, count in sorted(rooms.items(), key=lambda item: (item[0] == "all", item[0])):
        lines = _share(count["covered_lines"], count["num_statements"])
        print(f"{room:<24}{lines}   {_share(count['covered_branches'], count['num_branches'])}")


def _share(ran: int, all_there_are: int) -> str:
    return f"{ran:>5}/{all_there_are:<5}{ran / (all_there_are or 1):>6.1%}"


if __name__ == "__main__":
    main()
