r"""Spell formulas as pandoc reads them, where MathJax knows more than pandoc does.

A replacement always means the same. We replace names that pandoc lacks, and marks that are not printed.
"""

import re

from . import calls, columns, fences

#: Names that MathJax knows and pandoc does not, or that both print alike.
_NAMES = {
    "cfrac": r"\frac", "dfrac": r"\frac", "tfrac": r"\frac", "dbinom": r"\binom", "tbinom": r"\binom",
    "bm": r"\boldsymbol", "bf": r"\mathbf", "rm": r"\mathrm", "it": r"\mathit", "cal": r"\mathcal", "tt": r"\mathtt",
    "sf": r"\mathsf", "textnormal": r"\text", "textsf": r"\text", "mbox": r"\text", "hbox": r"\text",
    "emph": r"\textit", "textup": r"\text", "fbox": r"\boxed", "rlap": "", "llap": "", "mathclap": "", "mathllap": "",
    "mathrlap": "", "lt": "<", "gt": ">", "dotsc": r"\ldots", "dotso": r"\ldots", "dotsb": r"\cdots",
    "dotsm": r"\cdots", "dotsi": r"\cdots", "ldotp": ".", "newline": r"\\", "cr": r"\\", "thinspace": r"\,",
    "medspace": r"\:", "thickspace": r"\;", "negthinspace": "", "intop": r"\int",
    "smallint": r"\int", "doublecup": r"\Cup",
    "thickapprox": r"\approx", "projlim": r"\operatorname{proj\,lim}", "injlim": r"\operatorname{inj\,lim}",
    "circledS": "Ⓢ", "iff": r"\Longleftrightarrow",
} | dict.fromkeys("""
    middle displaystyle textstyle scriptstyle limits nolimits displaylimits nonumber notag allowbreak strut mathstrut
    hline smallskip medskip bigskip small large Large normalsize footnotesize huge tiny noindent centering par
    ensuremath smash hfill mathinner mathopen mathclose mathbin mathrel mathord mathpunct
    big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm
""".split(), "")  # fmt: skip

#: Names whose argument is not printed.
_UNSEEN = "hspace|vspace|hskip|vskip|require|color|hphantom|vphantom|sideset"
_ARGUMENT = r"\s*\{(?P<inner>[^{}]*)\}"

_PLAIN = r"(?:small)?matrix|array|subarray"
"""Environments without brackets of their own."""

_CASES = re.compile(
    r"\\left\s*\\\{\s*\\begin\{array\}\{[lcr\s]*\}(?P<rows>(?:(?!\\(?:begin|end)\b).)*)\\end\{array\}\s*\\right\s*\.",
    re.DOTALL,
)

#: Pandoc's names for symbols that have another name in typst, and how it writes tables without brackets.
_SYMBOLS = {
    r"\bdash\.circle\b": "minus.o", r"\b(times|dot|plus|minus|ast)\.circle\b": r"\1.o", r"\bsect\b": "inter",
    r'mat\(delim: "\|\|"': "mat(delim: #none",
}  # fmt: skip

_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|\bbar\.v\.double(?![a-zA-Z])|[∥‖]', re.DOTALL)
_BARS = {r"\|": "vbar", "bar.v.double": "dbar", "∥": "dbar", "‖": "dbar"}
_ATTACHED = {"_", "^", "'"}
_IN_CALL = re.compile(r"(?:\b(?:upright|bold|italic|sans|mono|serif|frak|cal|scr|bb)\(|[a-z-]: ?|#)\Z")

#: How many times one formula may have ``\\over``.
_FRACTIONS = 100

#: The mark of a name that has limits below it.
_LIMITS = "\ue012"
_WORD = re.compile(rf"{_LIMITS}?(?!\d)\w[\w\s.-]*")


def spelled_for_pandoc(tex: str) -> str:
    """Return a formula in the spelling that pandoc reads; what it means stays the same."""
    tex = columns.marked(re.sub(r"(?<!\\)%[^\n]*", "", tex))
    tex = fences.marked(tex)
    tex = re.sub(r"\\operatorname\*\s*\{", rf"\\operatorname{{{_LIMITS}", tex)
    tex = re.sub(r"(?<!\\)\\([!;])", _steps, tex)
    tex = re.sub(r"(?<!\\)((?:\\\\)*)\\\|", r"\1\\Vert ", tex)
    tex = re.sub(rf"\\(?:{_UNSEEN})\*?{_ARGUMENT}", " ", tex)
    tex = re.sub(r"\\textcolor\s*(?:\[[^\[\]]*\])?\s*\{[^{}]*\}", " ", tex)
    tex = re.sub(r"\\bbox\s*\[[^\[\]]*\]\s*\{", "{", tex)
    tex = calls.spelled(tex)
    tex = re.sub(r"\\([a-zA-Z]+)(?![a-zA-Z])", lambda match: _named(match[1], match[0]), tex)
    return _in_rows(_over(_tables(tex.strip())))


def _steps(match: re.Match[str]) -> str:
    """Narrow spaces: pandoc would let the negative one hide a letter, and drop the other one."""
    return r"\:" if match[1] == ";" else ""


def spelled_for_typst(formula: str) -> str:
    """Return a formula as pandoc writes it in the spelling of the typst that sets it."""
    inner = _PARTS.sub(_spaced, formula[1:-1])
    inner = fences.placed(columns.placed(inner))
    for old, new in _SYMBOLS.items():
        inner = re.sub(old, new, inner)
    between = formula[1:2] if formula[1:2].isspace() else ""
    return f"${between}{inner.strip()}{between}$"


def _spaced(match: re.Match[str]) -> str:
    """Bars with the spaces of letters, as TeX has them, and names of functions with those of functions."""
    part, text = match[0], match.string
    if part in _BARS:
        return f" {_BARS[part]}{'' if text[match.end() : match.end() + 1] in _ATTACHED else ' '}"
    if (
        part.startswith('"')
        and not _IN_CALL.search(text[max(0, match.start() - 12) : match.start()])
        and _WORD.fullmatch(part[1:-1])
    ):
        limits = ", limits: #true" if _LIMITS in part or not part[1:-1].isascii() else ""
        return f"op({part.replace(_LIMITS, '')}{limits})"
    return part


def _named(name: str, as_it_is: str) -> str:
    other = _NAMES.get(name)
    return as_it_is if other is None else f"{other} " if other.isascii() and other[-1:].isalpha() else other


def _tables(tex: str) -> str:
    """Environments with columns, so that their columns stay apart."""
    tex = re.sub(r"\\(begin|end)\{[dr]cases\*?\}", r"\\\1{cases}", tex)
    for name, bar in (("vmatrix", "|"), ("Vmatrix", r"\|")):
        tex = tex.replace(rf"\begin{{{name}}}", rf"\left{bar}\begin{{matrix}}")
        tex = tex.replace(rf"\end{{{name}}}", rf"\end{{matrix}}\right{bar}")
    tex = re.sub(_CASES, r"\\begin{cases}\g<rows>\\end{cases}", tex)
    tex = re.sub(rf"\\begin\{{(?:{_PLAIN})\}}(?:\s*\[\w\])?(?:\s*\{{[lcr|@\s\d]*\}})?", r"\\begin{Vmatrix}", tex)
    tex = re.sub(rf"\\end\{{(?:{_PLAIN})\}}", r"\\end{Vmatrix}", tex)
    found, stack, column = list[str](), list[str](), 0
    for token in re.split(r"(\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\\\|\\&|&)", tex):
        if token.startswith(("\\begin{", "\\end{")):
            name = token[token.index("{") + 1 : -1].rstrip("*")
            stack = [*stack, name] if token.startswith("\\begin") else stack[:-1]
            column = 0
        elif token == "\\\\":
            column = 0
        elif token == "&" and stack:
            column += 1
            if stack[-1] == "cases":
                token = r"&\quad "
            elif column % 2 == 0 and stack[-1] in {"align", "aligned", "alignat", "alignedat", "flalign", "split"}:
                token = r"\qquad &"
        found.append(token)
    return "".join(found)


def _over(tex: str) -> str:
    r"""``a \over b`` as ``\frac{a}{b}``."""
    for _ in range(_FRACTIONS):
        found = re.search(r"\\over(?![a-zA-Z])", tex)
        if not found:
            break
        start, end = _group(tex, found.start(), -1), _group(tex, found.end(), 1)
        tex = rf"{tex[:start]}\frac{{{tex[start : found.start()]}}}{{{tex[found.end() : end]}}}{tex[end:]}"
    return tex


def _group(tex: str, place: int, step: int) -> int:
    """Where the group around a place begins or ends."""
    depth, inner, outer = 0, "{" if step > 0 else "}", "}" if step > 0 else "{"
    number = place if step > 0 else place - 1
    while 0 <= number < len(tex):
        depth += (tex[number] == inner) - (tex[number] == outer)
        if depth < 0:
            break
        number += step
    return number if step > 0 else number + 1


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
