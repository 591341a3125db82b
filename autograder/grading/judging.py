"""Judging submissions: the test cases of an assignment, run on the answers of one submission after the other."""

import inspect
from dataclasses import dataclass, field
from typing import Any

from ..sandbox.functions import FarFunctions
from ..sandbox.session import Session
from ..sandbox.text import clean
from ..wire.facts import Drawing
from .messages import case_message
from .otter_parts import TestFile
from .results import CaseResult, Outcome


@dataclass
class Judged:
    """What came out of the test cases of one submission."""

    cases: list[CaseResult] = field(default_factory=list)
    """Those that have an outcome."""
    printed: list[tuple[str, str]] = field(default_factory=list)
    """What functions printed in public cases, with the name of the case."""
    drawings: list[Drawing] = field(default_factory=list)
    """What functions drew that were watched while they drew."""


class Judge:
    """Has the test cases, and knows which functions they ask for."""

    def __init__(self, test_files: list[TestFile]) -> None:
        self.test_files = test_files
        cases = [(test_file.name, case) for test_file in test_files for case in test_file.test_cases]
        self._groups = [[c for c in cases if bool(c[1].hidden) == hidden] for hidden in (False, True)]
        self.functions = functions_of(test_files)

    def judge(self, session: Session) -> Judged:
        """Run the cases, the public ones first: what has seen a hidden input must not speak to the student any more."""
        functions = FarFunctions(session)
        judged = Judged()
        for group in self._groups:
            for question, case in group:
                result = _result(question, case, functions)
                if result.outcome != "not run":
                    judged.cases.append(result)
                if session.public:
                    judged.printed += [(f"'{case.name}'", text) for text in functions.printed]
        session.end_copy()
        judged.drawings = functions.drawings
        return judged


def functions_of(test_files: list[TestFile]) -> list[str]:
    """The names of the functions that a submission must have: what the parameters of the test cases are called."""
    parameters = [
        name
        for test_file in test_files
        for case in test_file.test_cases
        for name in inspect.signature(case.body.test_func).parameters
    ]
    return list(dict.fromkeys(parameters))


def _result(question: str, case: Any, functions: FarFunctions) -> CaseResult:
    """Judge one case; once more, with a copy of its own, if a call failed in one that had answered for others."""
    functions.begin_case(bool(case.hidden))
    outcome, message = _judge(case, functions)
    if outcome in {"error", "timed out"} and functions.doubtful and not functions.session.late:
        functions.begin_case(bool(case.hidden), alone=True)
        outcome, message = _judge(case, functions)
    staff = "\n".join([*functions.details, *(f"printed: {text}" for text in functions.printed)])
    return CaseResult(
        question=question, name=case.name, points=case.points, hidden=bool(case.hidden),
        outcome=outcome, message=message, staff=clean(staff)[:5000],
    )  # fmt: skip


def _judge(case: Any, functions: FarFunctions) -> tuple[Outcome, str]:
    """Run one case; its outcome, and the message for the student."""
    try:
        case.body.call_func(functions.by_name())
    except Exception as error:
        cause = getattr(error, "error", None) or error  # a Mistake that was made of an error knows it
        return getattr(cause, "outcome", "failed"), case_message(error)
    return "passed", ""
