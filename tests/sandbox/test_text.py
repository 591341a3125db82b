"""Text from students is cleaned before anybody sees it."""

import sys
import unicodedata

from autograder.sandbox.text import clean, without_controls

#: Marks that change the direction of reading, so that text is not what it looks like.
DIRECTIONS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}


def test_every_control_character() -> None:
    """Control codes, halves of pairs and changes of direction are found among all characters, and nothing else is."""
    found = {character for character in map(chr, range(sys.maxunicode + 1)) if without_controls(character) != character}
    assert found == {
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t")
        or unicodedata.bidirectional(character) in DIRECTIONS
    }
    assert set(clean("".join(sorted(found)))) == {"\ufffd"}
