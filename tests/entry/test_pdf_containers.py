"""PDFs in real containers as Gradescope starts them: no LaTeX, no browser, and a token that no submission finds."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.entry.pdf import TAKEN
from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.entry import stand_in
from tests.hostile.secrets import leaks, new_secret
from tests.support.corpus import ROOT
from tests.support.docker_engine import Engine
from tests.support.samples import config
from tests.support.set_up import set_up_for_pdfs
from tests.written.samples import answered, new_code_cell, new_markdown_cell, saved, text_of, written

pytestmark = [pytest.mark.slow, pytest.mark.docker]

TOKEN = new_secret()
KEYS = {"token": TOKEN, "course_id": "56", "assignment_id": 789}
IMAGE = "gradescope-with-pdfs"

#: Gradescope's own limits, and no network but loopback.
LIMITS = ("--cpus", "0.5", "--memory", "768m", "--network", "none")

DOCKERFILE = """\
FROM {base}
COPY source /autograder/source
COPY stand_in.py /stand-in/
RUN mkdir -p /autograder/submission /autograder/results && cp /autograder/source/run_autograder /autograder/ \\
    && chmod +x /autograder/run_autograder && chmod 700 /stand-in
COPY submission_metadata.json /autograder/
"""

#: The stand-in runs first; what is printed about programs shows what the image does not have.
COMMAND = """\
/opt/autograder/venv/bin/python /stand-in/stand_in.py /stand-in 8443 &
while [ ! -e /stand-in/ready ]; do sleep 0.1; done
export HTTPS_PROXY=http://127.0.0.1:8443 REQUESTS_CA_BUNDLE=/stand-in/certificate.pem
/autograder/run_autograder || exit
for name in xelatex pdflatex tectonic chromium google-chrome wkhtmltopdf; do command -v $name; done
true
"""

#: Looks for the token while cells and calls run, and leaves processes that go on looking.
HOSTILE = """
import glob, os, re, time

def look():
    found = set()
    places = ["/autograder/source/otter_config.json", "/autograder/otter_config.json", "/stand-in/request-1.json"]
    for pattern in ("/proc/*/environ", "/proc/*/cmdline", "/proc/*/fd/*", "/proc/*/maps", "/autograder/**", "/tmp/**",
                    "/autograder/source/**", "/autograder/results/*", "/opt/autograder/*", "/run/**", "/dev/shm/*"):
        places += glob.glob(pattern, recursive=True)
    for place in places:
        try:
            if os.path.isfile(place) or place.startswith("/proc"):
                descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
                found |= set(re.findall(rb"zq7[0-9a-f]{16}", os.read(descriptor, 1 << 20)))
                os.close(descriptor)
        except OSError:
            pass
    return found

def lurk():
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                end = time.time() + 120
                while time.time() < end:
                    if found := look():
                        open("/tmp/found", "ab").write(b" ".join(found))
                    time.sleep(0.5)
            os._exit(0)
        print("LURKS")
    except OSError as error:
        print("may not fork", error)

lurk()
print("LOOKED", [word.decode()[::-1] for word in look()])
print(sorted(os.environ.items()))
"""

#: Answers that name the settings' file in every way that could be read when pages are set.
NAMES_THE_FILE = r"""WRITTEN ANSWER
![p](/autograder/source/otter_config.json) ![q](../source/otter_config.json) <img src="file:///autograder/source/otter_config.json">
$\input{/autograder/source/otter_config.json}$ `#read("/autograder/source/otter_config.json")`{=typst}

```{=typst}
#read("/autograder/source/otter_config.json")
```
#include "/autograder/source/otter_config.json"
"""


@pytest.fixture(scope="module")
def set_up(docker_engine: Engine, base_image: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An image in which setup.sh has run already, which takes most of the time."""
    return set_up_for_pdfs(docker_engine, base_image, tmp_path_factory.mktemp("set-up"))


@pytest.fixture(scope="module")
def image(docker_engine: Engine, set_up: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An image made from a zip whose settings ask for PDFs."""
    context = tmp_path_factory.mktemp("image")
    (context / "config.json").write_text(json.dumps(config() | KEYS), encoding="utf-8")
    write_zip(context / "autograder.zip", Sources(ROOT, context / "config.json").autograder_files())
    shutil.unpack_archive(context / "autograder.zip", context / "source")
    shutil.copy(stand_in.__file__, context / "stand_in.py")
    users = [{"name": "Ada Lovelace", "email": "ada@example.org"}]
    (context / "submission_metadata.json").write_text(json.dumps({"id": 4711, "users": users}), encoding="utf-8")
    (context / "Dockerfile").write_text(DOCKERFILE.format(base=set_up), encoding="utf-8")
    docker_engine.docker("build", "--tag", IMAGE, str(context))
    yield IMAGE
    docker_engine.docker("rmi", "--force", IMAGE, check=False)


def run(engine: Engine, image: str, notebook: bytes, folder: Path) -> tuple[dict[str, Any], str]:
    """Grade a notebook in a container: results.json and what was printed. What came in is in ``folder/stand-in``."""
    (folder / "submission").mkdir()
    (folder / "submission" / "homework.ipynb").write_bytes(notebook)
    container = engine.docker("create", *LIMITS, image, "bash", "-c", COMMAND).stdout.strip()
    try:
        engine.docker("cp", f"{folder / 'submission'}/.", f"{container}:/autograder/submission")
        done = engine.docker("start", "--attach", container, check=False)
        engine.docker("cp", f"{container}:/autograder/results/results.json", str(folder))
        engine.docker("cp", f"{container}:/stand-in", str(folder / "stand-in"))
        changed = engine.docker("diff", container).stdout
    finally:
        engine.docker("rm", "--force", container)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/tmp/found" not in changed
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return results, done.stdout + done.stderr


def test_the_reference_with_answers(docker_engine: Engine, image: str, sources: Sources, tmp_path: Path) -> None:
    """Full marks, and the PDF arrives with its formulas, in an image without LaTeX and without a browser."""
    work = answered(sources, q1="Because $e^{-|z|} \\le 1$ \u4e2d\u6587", q2=r"\begin{align}\sigma(z)-y\end{align}")
    for cell, solved in zip(work.cells, json.loads(sources.notebook(solved=True))["cells"], strict=True):
        if cell.cell_type == "code":
            cell.source = "".join(solved["source"])
    results, printed = run(docker_engine, image, written(work), tmp_path)
    assert sum(test.get("score", 0) for test in results["tests"]) == 75
    assert TAKEN in results["output"]
    request = json.loads((tmp_path / "stand-in" / "request-1.json").read_text(encoding="utf-8"))
    path = "/api/v1/courses/56/assignments/789/submissions"
    assert request == {"path": path, "token": TOKEN, "owner": "ada@example.org"}
    text = text_of((tmp_path / "stand-in" / "request-1.pdf").read_bytes())
    assert "\u4e2d\u6587" in text
    assert "\U0001d70e" in text
    assert "submission 4711" in text
    assert not [line for line in printed.splitlines() if line.startswith("/")]
    assert TOKEN not in printed + json.dumps(results)


def test_otter_grade_with_pdfs(docker_engine: Engine, set_up: str, sources: Sources, tmp_path: Path) -> None:
    """``otter grade --pdfs`` brings the PDF of each submission, if the zip was built with ``pdf``."""
    (tmp_path / "config.json").write_text(json.dumps(config() | {"pdf": True}), encoding="utf-8")
    write_zip(tmp_path / "autograder.zip", Sources(ROOT, tmp_path / "config.json").autograder_files())
    saved(tmp_path / "in", ada=answered(sources, q1="Ada's answer"), bob=answered(sources, q2="Bob's answer"))
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-m", "otter", "grade", "-n", "with-pdfs", "-a", str(tmp_path / "autograder.zip")]
    command += ["--pdfs", "--image", set_up, "-o", str(tmp_path / "out"), str(tmp_path / "in")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    docker_engine.docker("rmi", "--force", "otter-grade:with-pdfs", check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    texts = {path.name: text_of(path.read_bytes()) for path in (tmp_path / "out").rglob("*.pdf")}
    assert sorted(texts) == ["ada.pdf", "bob.pdf"]
    assert "Ada's answer" in texts["ada.pdf"]
    assert "Bob's answer" in texts["bob.pdf"]


def test_hostile_submission(docker_engine: Engine, image: str, sources: Sources, tmp_path: Path) -> None:
    """It finds the token nowhere, nothing of it runs while the PDF is handed in, and no page reads the settings."""
    work = answered(sources, q1=NAMES_THE_FILE, q2="x")
    work.cells += [new_code_cell(HOSTILE), new_markdown_cell(NAMES_THE_FILE)]
    results, printed = run(docker_engine, image, written(work), tmp_path)
    text = text_of((tmp_path / "stand-in" / "request-1.pdf").read_bytes())
    assert "WRITTEN ANSWER" in text
    assert all(word in json.dumps(results) for word in ("LURKS", "LOOKED []"))
    assert leaks(text + printed + json.dumps(results), {"token": TOKEN}, {}) == []
    assert json.loads((tmp_path / "stand-in" / "others-1.json").read_text(encoding="utf-8")) == []
