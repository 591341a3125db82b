"""The messages of test cases as a student reads them."""

PASSED = "✅ Test case passed"
FAILED = "❌ Test case failed"

#: What the exceptions of the test cases are called; see ``autograder.cases.calls.Mistake``.
MISTAKE = "Mistake"


def case_message(error: BaseException) -> str:
    """Turn what a test case raised into the message for the student.

    The cases raise ``Mistake`` with words for the student. Anything else comes from an answer so odd that the case
    stumbled over it; its text might tell what the case does, and is left out.
    """
    if type(error).__name__ == MISTAKE:
        return str(error)
    return _odd(type(error).__name__)


def clean_otter_message(message: str) -> str:
    """Take the line of test code out of a message that stock Otter made.

    Otter writes ``Error at line N in test Q:``, the line, and then ``Type: text``.
    """
    if message.startswith(PASSED) or not message.startswith(FAILED):
        return message
    _, found, text = message.partition(f"\n{MISTAKE}: ")
    if found:
        return f"{FAILED}\n{text}"
    kind = message.strip().splitlines()[-1].split(":")[0]
    return f"{FAILED}\n{_odd(kind if kind.isidentifier() else 'an error')}"


def _odd(kind: str) -> str:
    return f"The answer could not be checked: looking at it raised {kind}. Is it of the type that the handout asks for?"
