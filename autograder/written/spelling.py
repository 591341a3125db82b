r"""Spell formulas as pandoc reads them, where MathJax knows more than pandoc does.

Only what means the same takes the place of something: names that pandoc lacks, and marks that are not printed.
"""

import re

#: Names that MathJax has and pandoc has not, or that both print alike.
_NAMES = {
    "cfrac": r"\frac", "dfrac": r"\frac", "tfrac": r"\frac", "dbinom": r"\binom", "tbinom": r"\binom",
    "bm": r"\boldsymbol", "bf": r"\mathbf", "rm": r"\mathrm", "it": r"\mathit", "cal": r"\mathcal", "tt": r"\mathtt",
    "sf": r"\mathsf", "textnormal": r"\text", "textsf": r"\text", "mbox": r"\text", "hbox": r"\text",
    "lt": "<", "gt": ">", "dotsc": r"\ldots", "dotso": r"\ldots", "dotsb": r"\cdots", "dotsm": r"\cdots",
    "dotsi": r"\cdots", "newline": r"\\", "cr": r"\\",
    "lvert": r"|", "rvert": r"|", "lVert": r"\|", "rVert": r"\|",
} | dict.fromkeys("""
    middle displaystyle textstyle scriptstyle limits nolimits displaylimits nonumber notag allowbreak strut mathstrut
    hline smallskip medskip bigskip small large Large normalsize footnotesize huge tiny noindent centering par
""".split(), "")  # fmt: skip


#: Names whose argument is not printed, and names whose argument is printed as if they were not there.
_UNSEEN = "label|hspace|vspace|hskip|vskip|require|phantomsection|color|hphantom|vphantom"
_SEEN = "ensuremath|mathchoice|smash|mathstrut|hfill|mathinner|mathopen|mathclose"

_ARGUMENT = r"\s*\{(?P<inner>[^{}]*)\}"


def spelled_for_pandoc(tex: str) -> str:
    """Return a formula in the spelling that pandoc reads; what it means stays the same."""
    tex = re.sub(r"(?<!\\)%[^\n]*", "", tex)
    tex = re.sub(rf"\\(?:{_UNSEEN})\*?{_ARGUMENT}", " ", tex)
    tex = re.sub(rf"\\tag\*?{_ARGUMENT}", lambda match: rf"\qquad\text{{({match['inner']})}}", tex)
    tex = re.sub(r"\\(?:textcolor|colorbox)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}", " ", tex)
    tex = re.sub(rf"\\(?:{_SEEN})(?![a-zA-Z])", "", tex)
    tex = re.sub(r"\\(?:mathbin|mathrel|mathord|mathpunct)(?![a-zA-Z])\s*\{", "{", tex)
    tex = re.sub(r"\\(?:bbox|href)\s*(?:\[[^\]]*\]|\{[^{}]*\})\s*\{", "{", tex)
    tex = re.sub(r"\\(?:quad|qquad)(?![a-zA-Z])", lambda match: match[0] + " ", tex)
    tex = re.sub(r"\\([a-zA-Z]+)(?![a-zA-Z])", lambda match: _named(match[1], match[0]), tex)
    return _in_rows(tex.strip())


def _named(name: str, as_it_is: str) -> str:
    other = _NAMES.get(name)
    return as_it_is if other is None else f"{other} " if other.isascii() and other[-1:].isalpha() else other


def _in_rows(tex: str) -> str:
    """A formula with line ends outside of any environment, in one that has lines."""
    depth, bare = 0, False
    for match in re.finditer(r"\\(begin|end)\b|\\(?:substack|\w*matrix|cases)\s*\{|\\[{}]|[{}]|\\\\|\\cr\b|&", tex):
        token = match[0]
        if match[1] or token in {"{", "}"} or token.endswith("{"):
            depth += 1 if match[1] == "begin" or (token.endswith("{") and token != "\\{") else 0
            depth -= 1 if match[1] == "end" or token == "}" else 0
        elif token in {"\\\\", "\\cr", "&"} and depth <= 0:
            bare = True
    return rf"\begin{{aligned}}{tex}\end{{aligned}}" if bare else tex
