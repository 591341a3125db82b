r"""Macros that students define in formulas, as MathJax knows them: ``\newcommand``, ``\def``, ``\DeclareMathOperator``.

A macro is valid from its definition to the end of the notebook. Nothing is run: text is replaced by text, up to a
limit, so that a macro that calls itself ends.
"""

import re
from dataclasses import dataclass, field

#: How many macros one formula may use, those inside macros included, and how long it may become.
_USES, _LENGTH = 2000, 20_000
#: How many tokens may be put in the place of macros, in a formula and in a notebook: about 0.1 and 1 second.
_TOKENS_OF_ONE, _TOKENS_OF_ALL = 200_000, 2_000_000

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}]|#\d|\s+|.", re.DOTALL)
_DEFINING = {"\\newcommand", "\\renewcommand", "\\providecommand", "\\newcommand*", "\\renewcommand*"}
_OPERATOR = {"\\DeclareMathOperator", "\\DeclareMathOperator*"}


class WrongMacros(Exception):
    """The macros of a formula never end, or lack something."""


@dataclass(frozen=True)
class Macro:
    """The text that replaces a name."""

    arguments: int
    body: list[str]
    default: list[str] | None = None
    """The first argument if none is given in ``[ ]``."""


@dataclass
class Allowance:
    """How many tokens may still be handled. All cells of a notebook share it."""

    left: int = _TOKENS_OF_ALL

    def spend(self, tokens: int) -> bool:
        """Use up some of it; False if there is not enough."""
        self.left -= tokens
        return self.left >= 0


@dataclass
class Macros:
    """The macros of a notebook, up to the cell that is being read."""

    known: dict[str, Macro] = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    def copy(self) -> "Macros":
        """Macros for one cell, which may define more. They are none if there are far too many."""
        known = dict(self.known) if self.allowance.spend(len(self.known)) else {}
        return Macros(known, self.allowance)

    def expanded(self, tex: str) -> str:
        """Return a formula without macros and their definitions, and learn those that it defines.

        Raises:
            WrongMacros: the macros never end, or lack a name, an argument or a bracket.
        """
        if not self.known and not re.search(r"\\(?:(?:re|provide)?newcommand|def|DeclareMathOperator)", tex):
            return tex
        return "".join(_Expansion(self.known, tex, self.allowance).run())


class _Expansion:
    def __init__(self, known: dict[str, Macro], tex: str, allowance: Allowance) -> None:
        self.known, self.todo, self.allowance = known, _tokens(tex)[::-1], allowance
        self.uses, self.own = 0, Allowance(_TOKENS_OF_ONE)

    def run(self) -> list[str]:
        done, length = list[str](), 0
        while self.todo:
            token = self.todo.pop()
            if token in _DEFINING:
                self._define()
            elif token == "\\def":
                self._define_plainly()
            elif token in _OPERATOR:
                self._define_operator(token.endswith("*"))
            elif (name := token) in self.known or (name := token.rstrip("*")) in self.known:
                if name != token:
                    self.todo.append("*")
                self._use(name)
            else:
                done.append(token)
                length += len(token)
            if length > _LENGTH or len(self.todo) > _LENGTH:
                raise WrongMacros
        return done

    def _define(self) -> None:
        name = self._name()
        count, default = 0, None
        if (given := self._optional()) is not None:
            text = "".join(given).strip()
            count = int(text) if text.isdecimal() and len(text) == 1 else 0
            default = self._optional()
        self.known[name] = Macro(count, self._argument(), default)

    def _define_plainly(self) -> None:
        self._skip_spaces()
        name, count = (self.todo.pop() if self.todo else ""), 0
        while self.todo and self.todo[-1] != "{":
            count += bool(re.fullmatch(r"#\d", self.todo.pop()))
        if not name.startswith("\\"):
            raise WrongMacros
        self.known[name] = Macro(count, self._argument())

    def _define_operator(self, limits: bool) -> None:
        name, body = self._name(), self._argument()
        self.known[name] = Macro(0, [f"\\operatorname{'*' * limits}", "{", *body, "}"])

    def _name(self) -> str:
        r"""The name of a new macro: ``{\name}``, ``\name`` or ``{name}``."""
        name = "".join(self._argument()).strip().removeprefix("\\")
        if not re.fullmatch(r".|[a-zA-Z]+", name):
            raise WrongMacros
        return f"\\{name}"

    def _use(self, name: str) -> None:
        self.uses += 1
        if self.uses > _USES:
            raise WrongMacros
        macro, values = self.known[name], list[list[str]]()
        if macro.default is not None:
            given = self._optional()
            values.append(macro.default if given is None else given)
        while len(values) < macro.arguments:
            values.append(self._argument())
        body = list[str]()
        for token in macro.body:
            number = int(token[1]) if re.fullmatch(r"#\d", token) else 0
            body += values[number - 1] if 0 < number <= len(values) else [token]
            if len(body) > _LENGTH:
                raise WrongMacros
        handled = 1 + len(body) + sum(map(len, values))  # an argument that is not used takes time, too
        if not self.own.spend(handled) or not self.allowance.spend(handled):
            raise WrongMacros
        # letters after a name that ends in letters would become part of it
        self.todo += [" "] if self.todo and self.todo[-1][:1].isalpha() and body and body[-1][-1:].isalpha() else []
        self.todo += body[::-1]

    def _skip_spaces(self) -> None:
        while self.todo and not self.todo[-1].strip():
            self.todo.pop()

    def _argument(self) -> list[str]:
        """The tokens of the next argument, without the braces around it."""
        self._skip_spaces()
        if not self.todo:
            raise WrongMacros
        if self.todo[-1] != "{":
            return [self.todo.pop()]
        return self._until("{", "}")

    def _optional(self) -> list[str] | None:
        """The tokens of the next argument in ``[ ]``, if there is one."""
        self._skip_spaces()
        return self._until("[", "]") if self.todo and self.todo[-1] == "[" else None

    def _until(self, opening: str, closing: str) -> list[str]:
        depth, found = 0, list[str]()
        while self.todo:
            token = self.todo.pop()
            found.append(token)
            depth += (token == opening) - (token == closing)
            if not depth:
                return found[1:-1]
        raise WrongMacros


def _tokens(tex: str) -> list[str]:
    return _TOKEN.findall(tex)
