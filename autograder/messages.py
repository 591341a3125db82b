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
    kind = type(error).__name__
    return f"The answer could not be checked: looking at it raised {kind}. Is it of the type that the handout asks for?"
