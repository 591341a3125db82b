"""Grade the reference solution in a container, with this project and with stock Otter, in turn.

    python benchmarks/container.py [--rounds N] [--against autograder.zip]

It prints the seconds that the image takes to build and its size above the base. Then it prints medians and ratios of
three figures: the time from the start of the grading command to its end, when results.json has been written; the
processor time; and the largest memory in use. It measures with the whole machine and with Gradescope's default of half
a processor and 768 MB. ``--against`` takes another zip, of an older version perhaps, instead of stock Otter. It needs a
Docker engine, the packages of requirements/dev.txt, and root.
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

OURS, STOCK, OTHER = "ours", "stock Otter", "other zip"
#: Stock Otter as its own containers run it, instead of our run_autograder. It needs more packages than our image has.
STOCK_CODE = "from otter.run.run_autograder import main; main('/autograder', logo=False)"
COMMANDS = {
    OURS: "/autograder/run_autograder",
    OTHER: "/autograder/run_autograder",
    STOCK: f'/opt/autograder/venv/bin/python -c "{STOCK_CODE}"',
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
#: As Gradescope does it: the whole zip is there when setup.sh runs.
DOCKERFILE = """\
FROM {base}
COPY source /autograder/source
RUN bash /autograder/source/setup.sh
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


def build_image(engine: Engine, who: str, folder: Path, other: Path | None) -> str:
    """Build the image of one of them, print what that took, and return its name."""
    sources, base = Sources(ROOT, ROOT / "otter_config.json"), build_base_image(engine)
    folder.mkdir()
    write_zip(folder / "autograder.zip", sources.autograder_files())
    shutil.unpack_archive(other if who == OTHER and other else folder / "autograder.zip", folder / "source", "zip")
    if who == STOCK:
        shutil.copy(ROOT / "requirements" / "dev.txt", folder / "source" / "requirements.txt")
        (folder / "source" / "otter_config.json").write_text(json.dumps({}), encoding="utf-8")
    (folder / "submission").mkdir()
    (folder / "submission" / "reference.ipynb").write_bytes(sources.notebook(solved=True))
    (folder / "Dockerfile").write_text(DOCKERFILE.format(base=base), encoding="utf-8")
    image = f"{IMAGE}-{who.split()[0].lower()}"
    begun = time.monotonic()
    engine.docker("build", "--no-cache", "--tag", image, str(folder))
    seconds = time.monotonic() - begun
    size, below = map(int, engine.docker("image", "inspect", "--format", "{{.Size}}", image, base).stdout.split())
    print(f"{who:12} image built in {seconds:.0f} s, {(size - below) / 1e6:.0f} MB above its base")
    return image


def measure(engine: Engine, who: str, image: str, options: list[str]) -> Run:
    """Grade once in a new container."""
    command = MEASURED.format(command=COMMANDS[who])
    lines = engine.docker("run", "--rm", *options, image, "bash", "-c", command).stdout.splitlines()
    if len(lines) != 4:
        raise SystemExit("\n".join(lines))
    nanoseconds, processor, memory, score = lines
    return Run(int(nanoseconds) / 1e9, float(processor) / 1e9, int(memory) / 2**20, float(score))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path, help="another autograder.zip, in place of stock Otter")
    chosen = parser.parse_args()
    second = OTHER if chosen.against else STOCK
    with tempfile.TemporaryDirectory() as name, Engine() as engine:
        images = {who: build_image(engine, who, Path(name, who), chosen.against) for who in (second, OURS)}
        for limit, options in LIMITS.items():
            runs: dict[str, list[Run]] = {who: [] for who in images}
            for _ in range(chosen.rounds):
                for who, image in images.items():
                    runs[who].append(measure(engine, who, image, options))
            print(f"\n{limit}, median of {chosen.rounds}, in turn")
            middle = {who: _median(found) for who, found in runs.items()}
            for who, run in middle.items():
                print(
                    f"  {who:12} {run.seconds:6.2f} s   processor {run.processor:6.2f} s   "
                    f"memory {run.memory:4.0f} MB   score {run.score:g}"
                )
            times = middle[second].seconds / middle[OURS].seconds
            processor = middle[second].processor / middle[OURS].processor
            print(f"  {second} / ours {times:6.2f}     processor {processor:6.2f}")


def _median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in Run.__dataclass_fields__))


if __name__ == "__main__":
    main()
