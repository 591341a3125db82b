"""Code that a test file carries without showing it.

Hints compare an answer with what mistakes would have given, so their code holds most of a solution. Students need the
hints in their notebooks, but should not come across a solution while they look at a test case. This is not protection:
anyone who unpacks the text can read it.
"""

import base64
import bz2
import re

#: Begins each packed text. bz2 gives the same bytes on every machine, which zlib does not.
_CALL = "exec(bz2.decompress(base64.b85decode("
_PACKED = re.compile(re.escape(_CALL) + r'"""(.*?)"""', re.DOTALL)

#: What a test file with packed code imports.
IMPORTS = ("import base64", "import bz2")

#: The last lines of a student's copy; see ``checking.in_notebook``.
SHOW_IN_WORDS = f"""

from {__name__.split(".")[0]}.checking.in_notebook import show_in_words

show_in_words()
"""


def packed(text: str) -> str:
    """Return a statement that does what some statements do, without showing them."""
    code = base64.b85encode(bz2.compress(text.encode("utf-8"))).decode("ascii")
    lines = "\n".join(code[begin : begin + 110] for begin in range(0, len(code), 110))
    note = "# Hints are packed: they are long, and would spoil the exercise."
    return f'{note}\n{_CALL}"""\n{lines}\n""".replace("\\n", ""))))'


def unpacked(source: str) -> list[str]:
    """Return the texts that are packed in the source of a test file."""
    found = (found.replace("\n", "") for found in _PACKED.findall(source))
    return [bz2.decompress(base64.b85decode(code)).decode("utf-8") for code in found]
