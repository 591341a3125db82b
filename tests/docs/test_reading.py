"""What holds for all pages: links lead somewhere, and every command is run or listed with a reason."""

import re

import click
import pytest

from autograder.cli import cli
from tests.docs.not_run import ELSEWHERE, NOT_RUN
from tests.docs.pages import blocks, commands, headings, inline_code, links, pages
from tests.support.corpus import ROOT

#: Which file of this folder runs the blocks of a page that have a mark.
RUN_BY = {
    ("README.md", ""): "test_pages.py",
    ("README.md", "install"): "test_installing.py",
    ("README.md", "docker"): "test_pages_docker.py",
    ("assignment/README.md", ""): "test_installing.py",
    ("assignment/README.md", "check"): "test_installing.py",
    ("docs/changes.md", ""): "test_after_grading.py",
    ("docs/classes.md", ""): "test_pages.py",
    ("docs/export.md", ""): "test_after_grading.py",
    ("docs/feedback.md", ""): "test_pages.py",
    ("docs/internals.md", ""): "test_pages.py",
    ("docs/many-machines.md", ""): "test_pages.py",
    ("docs/many-machines.md", "background"): "test_pages.py",
    ("docs/many-machines.md", "install"): "test_installing.py",
    ("docs/several-hands.md", ""): "test_several_hands.py",
    ("docs/own-assignment.md", ""): "test_own_assignment.py",
    ("docs/own-assignment.md", "install"): "test_installing.py",
    ("docs/written.md", ""): "test_pages.py",
    ("docs/written.md", "install"): "test_installing.py",
}


@pytest.mark.parametrize("page", pages())
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link and picture of a page is a file, and its anchor a heading."""
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (ROOT / page).parent / target if target else ROOT / page
        assert path.exists(), f"{page}: {link}"
        assert not anchor or anchor in headings(path), f"{page}: {link}"


def test_every_command_has_a_test() -> None:
    """Every block of commands is run by a test of this folder, unless its page is listed as tested elsewhere."""
    found = {(page, block.mark) for page in pages() if page not in ELSEWHERE for block in blocks(page)}
    assert found == set(RUN_BY)
    for (page, _), test in RUN_BY.items():
        assert f'"{page}"' in (ROOT / "tests" / "docs" / test).read_text(encoding="utf-8")


def test_only_shell_commands_are_run() -> None:
    """Commands for other shells are all listed as not run."""
    for page in pages():
        for block in blocks(page):
            assert block.language == "sh" or set(block.commands) <= set(NOT_RUN[page])


def test_the_list_is_no_longer_than_the_pages() -> None:
    """Every command that is listed as not run is on its page, and has a reason."""
    for page, listed in NOT_RUN.items():
        assert set(listed) <= set(commands(page))
        assert all(listed.values())


@pytest.mark.parametrize("page", pages())
def test_commands_exist(page: str) -> None:
    """Commands of this project, in a sentence too, name commands, options, targets and modules that exist."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for text in (*commands(page), *inline_code(page)):
        name, *words = text.split()
        if name == "autograder" and words:
            _check_ours(words, f"{page}: {text}")
        elif name == "make" and words:
            assert words[0] in targets, f"{page}: {text}"
        elif text.startswith("python -m tests."):
            assert (ROOT / f"{words[1].replace('.', '/')}.py").is_file(), f"{page}: {text}"


def _check_ours(words: list[str], where: str) -> None:
    command: click.Command = cli
    if not words[0].startswith("-"):
        assert words[0] in cli.commands, where
        command = cli.commands[words[0]]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("-")} <= known, where


def test_the_reader_reads_what_is_there() -> None:
    """The reader finds marks, indented blocks and commands over several lines."""
    assert [block.mark for block in blocks("README.md")][:2] == ["", "install"]
    assert any(command.startswith("autograder run") for command in commands("docs/feedback.md"))
    block = type(blocks("README.md")[0])("sh", "", "# a remark\none \\\n  two\nthree\n")
    assert block.commands == ["one two", "three"]
