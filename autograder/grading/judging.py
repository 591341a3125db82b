"""Judge submissions: run the test cases of an assignment on the answers of each submission."""

import inspect
from dataclasses import dataclass, field
from typing import Any

from ..errors import OurFault
from ..sandbox.functions import FarFunctions
from ..sandbox.session import Session
from ..sandbox.text import clean
from ..wire.facts import Drawing
from .gallery import Gallery
from .messages import case_message, own_error
from .otter_parts import TestFile
from .pictures import MarkedPicture, parts_of
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
    pictures: list[MarkedPicture] = field(default_factory=list)
    """Their pictures; see ``gallery``."""


class Judge:
    """The test cases, and the functions that they need."""

    def __init__(self, test_files: list[TestFile], ours: bool = False) -> None:
        """Take the test files.

        Args:
            test_files: the test files.
            ours: whether the submission is the reference solution. If a test case then raises an error of its own, that
                is a fault of ours, and its text is shown.
        """
        self.test_files, self.ours = test_files, ours
        cases = [(file.name, case, _parameters(case)) for file in test_files for case in file.test_cases]
        self._groups = [[c for c in cases if bool(c[1].hidden) == hidden] for hidden in (False, True)]
        self.functions = list(functions_of(test_files))

    def judge(self, session: Session) -> Judged:
        """Run the public cases, then the hidden ones: code that has seen a hidden input must not reach the student.

        Cases that need no new call come before the others. So a hidden case among them can still get a picture from a
        copy that has seen no hidden input.
        """
        functions = FarFunctions(session)
        gallery = Gallery(functions)
        judged = Judged()
        for group in self._groups:
            for question, case, _ in sorted(group, key=lambda item: not functions.remembers(item[2])):
                result, error = _result(question, case, functions, self.ours)
                gallery.look(question, case.name, bool(case.hidden), error)
                if result.outcome != "not run":
                    judged.cases.append(result)
                if session.public:
                    judged.printed += [(f"'{case.name}'", text) for text in functions.printed]
        session.end_copy()
        judged.drawings, judged.pictures = functions.drawings, gallery.pictures()
        return judged


def functions_of(test_files: list[TestFile]) -> dict[str, str]:
    """Return the functions that a submission must define, each with the first question that uses it.

    Their names are the parameters of the test cases.
    """
    found: dict[str, str] = {}
    for test_file in test_files:
        for case in test_file.test_cases:
            for name in _parameters(case):
                found.setdefault(name, test_file.name)
    return found


def _parameters(case: Any) -> list[str]:
    return list(inspect.signature(case.body.test_func).parameters)


def _result(question: str, case: Any, functions: FarFunctions, ours: bool) -> tuple[CaseResult, BaseException | None]:
    """Judge one case. Returns its result, and why it failed.

    If a call fails in a copy that other cases have used, the case is judged again in a copy of its own.
    """
    functions.begin_case(bool(case.hidden), name=case.name)
    outcome, message, error = _judge(case, functions, ours)
    if outcome != "passed" and functions.doubtful and not functions.session.late:
        functions.begin_case(bool(case.hidden), alone=True, name=case.name)
        outcome, message, error = _judge(case, functions, ours)
    staff = "\n".join([*functions.details, *(f"printed: {text}" for text in functions.printed)])
    result = CaseResult(
        question=question, name=case.name, points=case.points, hidden=bool(case.hidden),
        outcome=outcome, message=message, staff=clean(staff[:20_000])[:5000], parts=parts_of(error) if error else [],
    )  # fmt: skip
    return result, error


def _judge(case: Any, functions: FarFunctions, ours: bool) -> tuple[Outcome, str, BaseException | None]:
    """Run one case. Returns its outcome, the message for the student, and why it failed.

    Raises:
        OurFault: something on our side went wrong, so there is no outcome.
    """
    outcome: Outcome = "passed"
    message, found = "", None
    try:
        case.body.call_func(functions.by_name())
    except Exception as error:
        if ours and functions.session.fault is None and (told := own_error(error)):
            raise OurFault(f"the test case '{case.name}' failed to judge the reference solution: {told}") from error
        if _is_broken(error) and functions.session.fault is None:
            raise OurFault(
                f"the test case '{case.name}' is broken ({type(error).__name__}: {error}): correct it, and build "
                "autograder.zip again with 'autograder build'"
            ) from error
        cause = getattr(error, "error", None) or error  # set on a Mistake that was made from an error
        outcome, message, found = getattr(cause, "outcome", "failed"), case_message(error), error
        functions.reported(cause)
    if functions.session.fault is not None:
        raise functions.session.fault
    return outcome, message, found


def _is_broken(error: Exception) -> bool:
    """Whether an error can only come from a test case itself, no matter what values it was given.

    An error from a student's function always arrives as a ``FarError``.
    """
    return isinstance(error, (NameError, ImportError)) and not isinstance(error, UnboundLocalError)
