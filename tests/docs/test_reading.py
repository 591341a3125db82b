"""What holds for all pages: links lead somewhere, and every command is run or listed with a reason."""

import re

import click
import pytest

from autograder.cli import cli
from tests.docs.not_run import ELSEWHERE, NOT_RUN
from tests.docs.pages import MARKS, blocks, commands, headings, inline_code, links, pages
from tests.support.corpus import ROOT

TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "docs").glob("test_*.py"))


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


@pytest.mark.parametrize("page", [page for page in pages() if commands(page)])
def test_every_command_has_a_test(page: str) -> None:
    """A page with commands has a test that runs them, and each block is marked in a way that tests know."""
    assert page in ELSEWHERE or f'"{page}"' in TESTS
    for block in blocks(page):
        assert block.mark in MARKS
        if block.language != "sh":  # these are not run here, whatever they are
            assert set(block.commands) <= set(NOT_RUN[page])


def test_the_list_is_no_longer_than_the_pages() -> None:
    """Every command that is listed as not run is on its page, and has a reason."""
    for page, listed in NOT_RUN.items():
        assert set(listed) <= set(commands(page))
        assert all(listed.values())


@pytest.mark.parametrize("page", pages())
def test_commands_exist(page: str) -> None:
    """Commands of this project, in a sentence too, name commands, options, targets and modules that exist."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
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
