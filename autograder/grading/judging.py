"""Running the test cases of an assignment on one submission after the other."""

from dataclasses import dataclass, field
from typing import Any

from ..sandbox.proxies import Proxies
from ..sandbox.session import Session
from ..sandbox.sharing import Replay, ask_together, plans_of
from ..wire.facts import Drawing
from .messages import case_message, clean
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
    """Has the test cases, and which calls they make."""

    def __init__(self, test_files: list[TestFile]) -> None:
        self.test_files = test_files
        cases = [(test_file.name, case) for test_file in test_files for case in test_file.test_cases]
        self._groups = [[c for c in cases if bool(c[1].hidden) == hidden] for hidden in (False, True)]
        self._plans = plans_of(*([case for _, case in group] for group in self._groups))

    def run(self, session: Session) -> Judged:
        """Run the cases, the public ones first: what has seen a hidden input must not speak to the student any more."""
        proxies = Proxies(session)
        functions = proxies.functions()
        judged = Judged()
        for hidden, group in enumerate(self._groups):
            session.begin_case(bool(hidden))
            answers = {} if session.late else ask_together(session, self._plans[hidden])
            for question, case in group:
                given = answers.get(id(case))
                if given is None and session.late:
                    given = Replay([], [])  # it may need none: graph() is asked once for all
                result = _result(question, case, functions, proxies, given)
                if given is not None and given.astray and session.late:
                    continue  # not run: nobody could be asked any more
                judged.cases.append(result)
                if session.public:
                    judged.printed += [(f"'{case.name}'", text) for text in proxies.printed]
        session.end_case()
        judged.drawings = [d for answer in proxies.answers.values() if isinstance(answer, tuple) for d in answer[1]]
        return judged


def _result(
    question: str, case: Any, functions: dict[str, Any], proxies: Proxies, answers: Replay | None
) -> CaseResult:
    """Run one case on the answers that there are; with a copy of its own if a call failed that may not have alone."""
    proxies.begin_case(bool(case.hidden), answers)
    outcome, message = _judge(case, functions)
    failed = outcome in {"error", "timed out"}
    if failed and answers is not None and answers.doubtful and not proxies.session.late:
        if answers.of_graph:
            proxies.answers.clear()
        proxies.begin_case(bool(case.hidden))
        outcome, message = _judge(case, proxies.functions())
    staff = "\n".join([*proxies.details, *(f"printed: {text}" for text in proxies.printed)])
    return CaseResult(
        question=question, name=case.name, points=case.points, hidden=bool(case.hidden),
        outcome=outcome, message=message, staff=clean(staff)[:5000],
    )  # fmt: skip


def _judge(case: Any, functions: dict[str, Any]) -> tuple[Outcome, str]:
    """Run one case; its outcome, and the message for the student."""
    try:
        case.body.call_func(functions)
    except Exception as error:
        cause = getattr(error, "error", None) or error  # a Mistake that was made of an error knows it
        return getattr(cause, "outcome", "failed"), case_message(error)
    return "passed", ""
