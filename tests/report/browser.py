"""A real browser for tests: the machine's own Chromium. It records what a page loads and complains about."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

#: Milliseconds to wait for something to appear; this is much longer than it takes even on a busy machine.
_PATIENCE = 60_000

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a browser without a window.

    If there is no browser the test is skipped, with the reason. With REQUIRE_BROWSER=1 it fails instead.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        _give_up("none of " + ", ".join(_PROGRAMS) + " is installed")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program)
        except PlaywrightError as error:
            _give_up(f"{program} does not start: {error.message.splitlines()[0]}")
        expect.set_options(timeout=_PATIENCE)
        try:
            yield browser
        finally:
            with suppress(PlaywrightError):
                browser.close()


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"no browser, and REQUIRE_BROWSER=1: {reason}", pytrace=False)
    pytest.skip(f"no browser: {reason}")


class Visit:
    """A page from a file, with what it has loaded and complained about."""

    def __init__(self, browser: Browser, path: Path, width: int = 1280, dark: bool = False) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        self.context.set_default_timeout(_PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dismiss)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.url = path.resolve().as_uri()
        self.page.goto(self.url)

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def close(self) -> None:
        """Leave the page. It must have loaded only itself, and complained about nothing."""
        self.context.close()
        assert self.requests == [self.url]
        assert self.complaints == []
