"""What stands around the code: workflows, hooks, locks, the Makefile's help, citation and changelog."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder import __version__
from tests.support.corpus import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE))
LOCKS = [
    path
    for folder in ("requirements", "autograder/zips/templates")
    for path in (ROOT / folder).glob("*.txt")
    if not path.name.endswith("-excludes.txt")
]


def valid(schema: str, *paths: Path) -> None:
    """See that files follow a schema that comes with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def steps(path: Path) -> list[dict[str, Any]]:
    """All steps of a workflow."""
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def test_workflows_follow_the_schema() -> None:
    """GitHub would accept the workflows."""
    assert len(WORKFLOWS) == 3
    valid("vendor.github-workflows", *WORKFLOWS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_what_is_there(path: Path) -> None:
    """Every step that runs something runs a target of the Makefile or a script in .ci/, so it can be run here, too."""
    commands = [step["run"] for step in steps(path) if "run" in step]
    assert commands
    for command in commands:
        match = re.fullmatch(r"(?:sudo )?(?:make (?P<target>[a-z-]+)|(?P<script>\.ci/[a-z-]+))", command)
        assert match, f"{path.name} runs {command!r}, which is neither a target nor a script in .ci/"
        if match["target"]:
            assert match["target"] in TARGETS, f"{path.name} runs {command!r}: the Makefile has no such target"
        else:
            assert (ROOT / match["script"]).stat().st_mode & 0o100, f"{path.name} runs {command!r}"


def test_every_python_is_tested() -> None:
    """The tests run on each version of Python that the package says it works with, and on no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == told
    assert project["requires-python"] == f">={told[0]}"


def test_hooks_are_the_checks() -> None:
    """pre-commit runs the commands of ``make check`` from the environment of the lock: versions cannot differ."""
    (recipe,) = re.findall(r"^check:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]
    path = ROOT / ".pre-commit-config.yaml"
    repositories = yaml.safe_load(path.read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    assert [hook["entry"] for hook in repositories[0]["hooks"]] == commands
    assert {hook["language"] for hook in repositories[0]["hooks"]} == {"system"}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_locks_name_no_registry(path: Path) -> None:
    """A lock has a version and hashes of everything, and no address."""
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    for requirement in re.split(r"\n(?=[a-z])", re.sub(r"(?m)^ *#.*\n", "", text)):
        assert re.match(r"[a-z0-9.-]+==\S+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_tools_are_locked() -> None:
    """Everything that ``dev.in`` asks for stands in the lock."""
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    names = (ROOT / "requirements" / "dev.in").read_text(encoding="utf-8").splitlines()[1:]
    spelt = [name.replace("_", "-").partition("<")[0] for name in names]
    assert [name for name in spelt if not re.search(rf"^{name}==", lock, re.MULTILINE)] == []


def test_help_lists_the_targets() -> None:
    """``make help`` says something about each target that people call."""
    command = ["make", "--no-print-directory", "help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in done.stdout.splitlines()} == TARGETS - {"all"}
    assert all(len(line.split()) > 3 for line in done.stdout.splitlines())


def test_papers_name_this_version() -> None:
    """The citation is valid and of this version, and the changelog has a section for it."""
    citation = ROOT / "CITATION.cff"
    valid("vendor.citation-file-format", citation)
    assert yaml.safe_load(citation.read_text(encoding="utf-8"))["version"] == __version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(__version__)}\]", changelog, re.MULTILINE)


@pytest.mark.parametrize(("tag", "fits"), [(f"v{__version__}", True), (__version__, False), ("v0.9.0", False)])
def test_a_tag_is_the_version(tag: str, fits: bool) -> None:
    """A tag that is another version than the program is refused, and the message has both."""
    command, environment = [ROOT / ".ci" / "check-tag"], os.environ | {"GITHUB_REF_NAME": tag}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is fits
    assert fits or f"the tag is {tag}, but autograder/__init__.py says {__version__}" in done.stderr


def test_nothing_is_left_in_the_project_folder() -> None:
    """Git holds nothing at the top but what is listed here: no file that a submission wrote, for example."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone, so what is kept cannot be told from what is not")
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    folders = {"assignment", "autograder", "benchmarks", "docs", "reference_solution", "requirements", "tests"}
    papers = {"README.md", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"}
    hidden = {".ci", ".gitattributes", ".github", ".gitignore", ".pre-commit-config.yaml"}
    tops = {name.split("/")[0] for name in kept}
    assert tops == folders | papers | hidden | {"Makefile", "pyproject.toml", "otter_config.json"}
