"""Judge submissions: run the test cases of an assignment on the answers of each submission."""

import inspect
from dataclasses import dataclass, field
from typing import Any

from ..errors import OurFault
from ..sandbox.functions import FarFunctions
from ..sandbox.session import Session
from ..sandbox.text import clean
from ..wire.facts import Drawing
from .messages import case_message
from .otter_parts import TestFile
from .results import CaseResult, Outcome


@dataclass
class Judged:
    """The outcome of the test cases for one submission."""

    cases: list[CaseResult] = field(default_factory=list)
    """The cases that have an outcome."""
    printed: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a public case's name and the text that functions printed in it."""
    drawings: list[Drawing] = field(default_factory=list)
    """The drawings of the functions that were watched."""


class Judge:
    """The test cases, and the functions that they need."""

    def __init__(self, test_files: list[TestFile]) -> None:
        self.test_files = test_files
        cases = [(test_file.name, case) for test_file in test_files for case in test_file.test_cases]
        self._groups = [[c for c in cases if bool(c[1].hidden) == hidden] for hidden in (False, True)]
        self.functions = functions_of(test_files)

    def judge(self, session: Session) -> Judged:
        """Run the public cases, then the hidden ones: code that has seen a hidden input must not reach the student."""
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
    """Return the names of the functions that a submission must define: the parameters of the test cases."""
    parameters = [
        name
        for test_file in test_files
        for case in test_file.test_cases
        for name in inspect.signature(case.body.test_func).parameters
    ]
    return list(dict.fromkeys(parameters))


def _result(question: str, case: Any, functions: FarFunctions) -> CaseResult:
    """Judge one case. If a call fails in a copy that other cases have used, judge it again in a copy of its own."""
    functions.begin_case(bool(case.hidden), name=case.name)
    outcome, message = _judge(case, functions)
    if outcome != "passed" and functions.doubtful and not functions.session.late:
        functions.begin_case(bool(case.hidden), alone=True, name=case.name)
        outcome, message = _judge(case, functions)
    staff = "\n".join([*functions.details, *(f"printed: {text}" for text in functions.printed)])
    return CaseResult(
        question=question, name=case.name, points=case.points, hidden=bool(case.hidden),
        outcome=outcome, message=message, staff=clean(staff)[:5000],
    )  # fmt: skip


def _judge(case: Any, functions: FarFunctions) -> tuple[Outcome, str]:
    """Run one case; its outcome, and the message for the student.

    Raises:
        OurFault: something on our side went wrong, so that there is no outcome.
    """
    outcome: Outcome = "passed"
    message = ""
    try:
        case.body.call_func(functions.by_name())
    except Exception as error:
        if _is_broken(error) and functions.session.fault is None:
            raise OurFault(
                f"the test case '{case.name}' is broken ({type(error).__name__}: {error}): put it right, and build "
                "autograder.zip anew with 'autograder build'"
            ) from error
        cause = getattr(error, "error", None) or error  # set on a Mistake that was made from an error
        outcome, message = getattr(cause, "outcome", "failed"), case_message(error)
    if functions.session.fault is not None:
        raise functions.session.fault
    return outcome, message


def _is_broken(error: Exception) -> bool:
    """Whether an error can only come from a test case itself, whatever plain values it was given.

    An error from a student's function always arrives as a ``FarError``.
    """
    return isinstance(error, (NameError, ImportError)) and not isinstance(error, UnboundLocalError)
