"""This assignment's wording for the errors that students see."""

from autograder.checking import Holder

from ..hints.facts import FACTS


class Model(Holder):
    """A plain object with the same name as the handout's."""


#: Hints about errors in a student's function, by topic or by type. They are added to the message.
HINTS = {
    "attribute": (
        "Use only W, R, V and what your own init or forward has stored before: attributes from other cells are not "
        "there during grading."
    ),
    "RecursionError": FACTS["recursion"].words,
}
