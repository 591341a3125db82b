"""``autograder preview`` writes one page, and opens it in a browser if nobody said where it should go."""

import os
import sys
from pathlib import Path

import pytest

from tests.batch.folders import Place, place

__all__ = ["place"]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("how", ["opened", "--no-open", "--output"])
def test_a_page_is_opened(how: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of the person gets the address of the page, unless an option says that it should not be opened."""
    submission, opened = place.write("#1 homework.ipynb"), place.folder / "opened"
    browser = place.folder / "browser"
    browser.write_text(f"#!/bin/sh\nprintf %s \"$1\" > '{opened}'\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", os.fspath(browser))
    options = {"opened": [], "--no-open": ["--no-open"], "--output": ["--output", str(place.output)]}[how]
    command = [sys.executable, "-m", "autograder", "preview", str(submission), "-a", str(place.zip), *options]
    done = place.run(command)
    assert done.returncode == 0, done.stderr
    page = Path(done.stdout.strip())
    assert page.is_relative_to(place.output if how == "--output" else place.temporary)
    assert "#1 homework.ipynb" in page.read_text(encoding="utf-8")
    assert opened.exists() is (how == "opened")
    if how == "opened":
        assert opened.read_text(encoding="utf-8") == page.as_uri()
