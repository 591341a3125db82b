"""How ``grader.check`` shows its results in a notebook: the words for the student first, and no code of a test case.

Otter's own text shows a line of the test file before the message. IPython lets anybody define how objects of a class
are displayed, and this module does so for Otter's results. Nothing in Otter is changed. If there is no IPython, as in
``otter check``, Otter's own text is shown.
"""

import html
import sys
import textwrap
from typing import Any


def show_in_words() -> None:
    """From now on, show results in this notebook in our words. Outside a notebook, do nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        return
    from otter.test_files import GradingResults, TestFile

    as_text, as_html = (shell.display_formatter.formatters[name] for name in ("text/plain", "text/html"))
    as_text.for_type(TestFile, lambda file, printer, cycle: printer.text(ResultsInWords([file]).text()))
    as_html.for_type(TestFile, lambda file: ResultsInWords([file]).html())
    as_text.for_type(
        GradingResults, lambda all_of, printer, cycle: printer.text(ResultsInWords(all_of.results.values()).text())
    )
    as_html.for_type(GradingResults, lambda all_of: ResultsInWords(all_of.results.values()).html())


def unreadable(kind: str) -> str:
    """What a student reads if an answer made the test case itself raise an error of this kind."""
    return f"Your answer could not be checked: reading it raised {kind}. Check its type against the handout."


class ResultsInWords:
    """The results of the public test cases of some questions, as a student reads them.

    It is one class because in the test files of the zips, its names share one namespace with those of an assignment.
    """

    width = 79
    """Characters in a line, few enough to be read anywhere."""
    style = (
        "white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; max-width: 80ch; margin: 0 0 1em 2em; "
        "padding: 0; font-family: var(--jp-code-font-family, monospace)"
    )
    """How the words look as HTML: with their own line breaks, and no wider than prose. Numbers are not split."""

    def __init__(self, files: Any) -> None:
        """Take the results.

        Args:
            files: Otter's test files, after they have run.
        """
        self.files = list(files)

    def text(self) -> str:
        """The results as plain text."""
        blocks = []
        for file in self.files:
            blocks += [f"{self._wrapped(names)}\n{self._indented(words)}" for names, words in self._failures(file)]
            if passed := self._passed(file):
                blocks.append(self._wrapped(passed))
        return "\n\n".join(blocks)

    def html(self) -> str:
        """The results as HTML."""
        blocks = []
        for file in self.files:
            for names, words in self._failures(file):
                blocks.append(f"<div><b>{html.escape(names)}</b></div>")
                blocks.append(f'<pre style="{self.style}">{html.escape(words)}</pre>')
            if passed := self._passed(file):
                blocks.append(f"<div>{html.escape(passed)}</div>")
        return "\n".join(blocks)

    def _wrapped(self, line: str) -> str:
        return textwrap.fill(line, self.width, subsequent_indent="   ")

    def _indented(self, words: str) -> str:
        """Words below the name of a test case. Lines that are indented, such as code, are not broken."""
        lines = [line if line[:1].isspace() else textwrap.fill(line, self.width - 4) for line in words.splitlines()]
        return textwrap.indent("\n".join(lines), "    ")

    @staticmethod
    def _failures(file: Any) -> list[tuple[str, str]]:
        """The names of the test cases that failed with the same words, and these words for the student."""
        found: dict[str, list[str]] = {}
        for one in file.test_case_results:
            if not one.passed:
                found.setdefault(ResultsInWords._words(one.message or ""), []).append(str(one.test_case.name))
        return [(f"❌ {', '.join(names)}", words) for words, names in found.items()]

    @staticmethod
    def _passed(file: Any) -> str:
        """One line about the test cases that passed; empty if none did."""
        names = [str(one.test_case.name) for one in file.test_case_results if one.passed]
        if len(names) < len(file.test_case_results):
            return f"✅ passed: {', '.join(names)}" if names else ""
        if len(names) == 1:
            return f"✅ {file.name}: passed"
        which = "both" if len(names) == 2 else f"all {len(names)}"
        return f"✅ {file.name}: {which} public test cases passed"

    @staticmethod
    def _words(message: str) -> str:
        """The words for the student in Otter's message: it follows a line about the outcome and two about the place."""
        parts = message.split("\n", 3)
        if len(parts) < 4 or not parts[1].startswith("Error at line "):
            return message
        kind, _, words = parts[3].partition(": ")
        return words.strip() if kind == "Mistake" else unreadable(kind)
