"""Grade many copies of the reference solution, and print rate, memory, processor time and sizes.

Run it on a quiet machine: ``python -m tests.batch.memory 1000``.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.zips.sources import Sources
from tests.support.corpus import ROOT

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")

Sample = dict[int, tuple[str, float, float]]


def main() -> None:
    """Grade as many submissions as the first argument says, in as many processes as the second says."""
    count, processes = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "2"
    notebook = Sources(ROOT, ROOT / "otter_config.json").notebook(solved=True)
    with tempfile.TemporaryDirectory(prefix="batch-memory-") as name:
        submissions, output = Path(name, "in"), Path(name, "out")
        submissions.mkdir()
        for number in range(count):
            content = json.loads(notebook)
            content["cells"][0]["source"] = f"Submission {number}"
            (submissions / f"s{number:06}.ipynb").write_text(json.dumps(content), encoding="utf-8")
        command = [sys.executable, "-m", "autograder", "grade", str(submissions), "-q", "-j", processes]
        command += ["-a", str(ROOT / "dist" / "autograder.zip"), "-o", str(output)]
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT)
        samples = watch(process, output / "results", [max(count // 20, 1), count // 2, count - max(count // 20, 2)])
        seconds = time.monotonic() - begun
        report(count, seconds, samples, output)
        print(f"size of a submission: {len(notebook) / 1000:.1f} kB")
        begun = time.monotonic()
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"run again, all kept: {time.monotonic() - begun:.1f} s")
        begun = time.monotonic()
        subprocess.run([sys.executable, "-m", "autograder", "report", str(output)], cwd=ROOT, check=True)
        size = (output / "report.html").stat().st_size / 1e6
        print(f"report: {time.monotonic() - begun:.1f} s, {size:.1f} MB")


def watch(process: "subprocess.Popen[bytes]", results: Path, moments: list[int]) -> list[Sample]:
    """Measure the processes when this many submissions are done, then wait for the end."""
    samples: list[Sample] = []
    while process.poll() is None:
        done = sum(1 for _ in results.iterdir()) if results.exists() else 0
        if len(samples) < len(moments) and done >= moments[len(samples)]:
            samples.append(sample(process.pid))
        time.sleep(0.2)
    return samples


def sample(main: int) -> Sample:
    """Resident memory in MB and processor seconds of the main process, its judging processes and the warm parent."""
    found: Sample = {}
    children = Path(f"/proc/{main}/task/{main}/children").read_text(encoding="ascii").split()
    for process in (main, *map(int, children)):
        line = Path(f"/proc/{process}/cmdline").read_bytes()
        kind = "main" if process == main else "warm parent" if b"autograder.student" in line else "judge"
        if b"python" not in line.split(b"\0")[0]:
            continue  # it is waiting to clean up
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        found[process] = kind, pages * _PAGE / 1e6, (int(stat[11]) + int(stat[12])) / _TICK
    return found


def report(count: int, seconds: float, samples: list[Sample], output: Path) -> None:
    """Print the figures."""
    print(f"{count} submissions in {seconds:.0f} s: {count / seconds:.2f} a second")
    for process, (kind, _, _) in samples[-1].items():
        memory = [f"{one[process][1]:.0f}" for one in samples if process in one]
        used = samples[-1][process][2] - samples[0].get(process, ("", 0, 0))[2]
        print(f"{kind}: {', '.join(memory)} MB; {used:.1f} s of processor time between the first and the last look")
    records = list((output / "results").iterdir())
    print(f"size of a record: {sum(path.stat().st_size for path in records) / len(records) / 1000:.1f} kB")
    times: list[float] = []
    for path in records:
        staff = json.loads(path.read_bytes())["extra_data"]["autograder"]["staff"]
        times.append(sum(float(found) for found in re.findall(r"used ([\d.]+) s of processor time", staff)))
    print(f"processor time of a submission's own processes: {sum(times) / len(times):.2f} s")


if __name__ == "__main__":
    main()
