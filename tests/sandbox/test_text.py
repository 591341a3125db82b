"""Text from students is cleaned before anybody sees it."""

import sys
import time
import unicodedata

import pytest

from autograder.sandbox.text import amount, clean, clean_line, without_controls

#: Marks that change the direction of reading, so that text is not what it looks like.
DIRECTIONS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
#: Characters that nobody sees, and that change the direction of what is next to them.
MARKS = "\u061c\u200e\u200f"


def test_every_control_character() -> None:
    """Control codes, halves of pairs, odd line ends and changes of direction are found, and no other characters."""
    found = {character for character in map(chr, range(sys.maxunicode + 1)) if without_controls(character) != character}
    assert found == {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if (unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in "\n\t")
        or unicodedata.bidirectional(character) in DIRECTIONS
        or character in MARKS
    }
    assert set(clean("".join(sorted(found)))) == {"\ufffd"}


@pytest.mark.parametrize(
    "text", ["/" * 200_000, "/autograder-" * 20_000, "/some/x" * 50_000 + "/submission-abcdefgh", "\x1b]" * 50_000]
)
def test_no_text_takes_long_to_clean(text: str) -> None:
    """A student may print anything, and we clean it in our own process."""
    begun = time.process_time()
    clean(text)
    assert time.process_time() - begun < 2  # some milliseconds; without care, minutes


def test_scratch_folders_are_not_shown() -> None:
    """Of a path, the part that only the grading machine has is left out, and text beside it stays."""
    text = "in /scratch/autograder-k3_4x2z9/work/a.py, '/a/b/submission-abcdefgh/work/b' and x=/c/submission-abcdefgh"
    assert clean(text) == "in …/a.py, '…/b' and x=…"
    assert clean("/my/submission-1/work and /submission-") == "/my/submission-1/work and /submission-"


def test_a_name_cannot_look_like_a_line_of_ours() -> None:
    """A line that names files stays one line, with its spaces at the beginning, whatever the names hold."""
    told = clean_line("    a\nerror: b\r\nc\rd\u2028e\x85f\x0bg\x1b[2J.pdf: a document")
    assert told == "    a error: b c\ufffdd\ufffde\ufffdf\ufffdg.pdf: a document"


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 people"), (1, "1 person"), (1.0, "1 person"), (0.1 + 0.2, "0.3 people"), (10**7, "10000000 people")],
)
def test_numbers_of_things(count: float, told: str) -> None:
    """One thing is told in the singular, and every number without needless digits."""
    assert amount(count, "person", "people") == told
    assert amount(count, "point") == told.replace("person", "point").replace("people", "points")
