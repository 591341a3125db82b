"""Grade the reference solution in a container, with this project and with stock Otter, in turn, in the same image.

    python benchmarks/container.py [--rounds N]

It prints medians and ratios of three figures: the time from the start of the grading command to its end, when
results.json has been written; the processor time; and the largest memory in use. It measures with the whole machine and
with Gradescope's default of half a processor and 768 MB. It needs a Docker engine, the packages of
requirements/dev.txt, and root.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.support.docker_engine import Engine, build_base_image

IMAGE = "rnn-autograder-benchmark"
LIMITS = {"whole machine": [], "half a processor, 768 MB": ["--cpus", "0.5", "--memory", "768m"]}

#: Stock Otter as its own containers run it, instead of our run_autograder.
STOCK = "from otter.run.run_autograder import main; main('/autograder', logo=False)"
COMMANDS = {
    "ours": "/autograder/run_autograder",
    "stock Otter": f'/opt/autograder/venv/bin/python -c "{STOCK}"',
}
MEASURED = """\
begin=$(date +%s%N); {command} >/tmp/log 2>&1; code=$?; end=$(date +%s%N)
echo $((end - begin)); cd /sys/fs/cgroup
if [ -e cpu.stat ]; then awk '/usage_usec/ {{print $2 * 1000}}' cpu.stat; else cat cpuacct/cpuacct.usage; fi
if [ -e memory.peak ]; then cat memory.peak; else cat memory/memory.max_usage_in_bytes; fi
/opt/autograder/venv/bin/python -c "import json
print(sum(t.get('score', 0) for t in json.load(open('/autograder/results/results.json'))['tests']))"
[ $code = 0 ] || cat /tmp/log
"""
DOCKERFILE = """\
FROM {base}
COPY setup.sh requirements.txt requirements.uv.txt /autograder/source/
RUN bash /autograder/source/setup.sh
COPY source /autograder/source
RUN cp /autograder/source/run_autograder /autograder/ && chmod +x /autograder/run_autograder \\
    && mkdir -p /autograder/submission /autograder/results && echo '{{}}' >/autograder/submission_metadata.json
COPY submission /autograder/submission
"""


@dataclass(frozen=True)
class Run:
    """One grading."""

    seconds: float
    processor: float
    """Processor time of the container in seconds, including its start."""
    memory: float
    """Largest memory in use in MB, including cached file pages."""
    score: float


def build_image(engine: Engine, folder: Path) -> float:
    """Build the image as Gradescope does, and return how many seconds it took."""
    sources = Sources(ROOT, ROOT / "otter_config.json")
    write_zip(folder / "autograder.zip", sources.autograder_files())
    shutil.unpack_archive(folder / "autograder.zip", folder / "source")
    for name in ("setup.sh", "requirements.txt", "requirements.uv.txt"):
        shutil.copy(folder / "source" / name, folder)
    (folder / "submission").mkdir()
    (folder / "submission" / "reference.ipynb").write_bytes(sources.notebook(solved=True))
    (folder / "Dockerfile").write_text(DOCKERFILE.format(base=build_base_image(engine)), encoding="utf-8")
    begun = time.monotonic()
    engine.docker("build", "--tag", IMAGE, str(folder))
    return time.monotonic() - begun


def measure(engine: Engine, who: str, options: list[str], plain_config: Path) -> Run:
    """Grade once in a new container."""
    command = MEASURED.format(command=COMMANDS[who])
    container = engine.docker("create", *options, IMAGE, "bash", "-c", command).stdout.strip()
    try:
        if who != "ours":
            engine.docker("cp", str(plain_config), f"{container}:/autograder/source/otter_config.json")
        lines = engine.docker("start", "--attach", container).stdout.splitlines()
    finally:
        engine.docker("rm", "--force", container)
    if len(lines) != 4:
        raise SystemExit("\n".join(lines))
    nanoseconds, processor, memory, score = lines
    return Run(int(nanoseconds) / 1e9, float(processor) / 1e9, int(memory) / 2**20, float(score))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, Engine() as engine:
        folder = Path(name)
        print(f"image with setup.sh: {build_image(engine, folder):.0f} s (less where its layers are cached)")
        plain = folder / "plain.json"
        plain.write_text(json.dumps({"show_hidden": False}), encoding="utf-8")
        for limit, options in LIMITS.items():
            runs: dict[str, list[Run]] = {who: [] for who in COMMANDS}
            for _ in range(rounds):
                for who in COMMANDS:
                    runs[who].append(measure(engine, who, options, plain))
            print(f"\n{limit}, median of {rounds}, in turn")
            middle = {who: _median(found) for who, found in runs.items()}
            for who, run in middle.items():
                print(
                    f"  {who:12} {run.seconds:6.2f} s   processor {run.processor:6.2f} s   "
                    f"memory {run.memory:4.0f} MB   score {run.score:g}"
                )
            ours, stock = middle["ours"], middle["stock Otter"]
            times, processor = stock.seconds / ours.seconds, stock.processor / ours.processor
            print(f"  stock / ours {times:6.2f}     processor {processor:6.2f}")


def _median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in Run.__dataclass_fields__))


if __name__ == "__main__":
    main()
