"""This assignment's wording for the errors that students see."""

from autograder.checking import Holder


class Model(Holder):
    """A plain object with the same name as the handout's."""


#: Hints about errors in a student's function, by topic or by type. They are added to the message.
HINTS = {
    "attribute": "Use only the attributes that exercise 3 stores on the model; grading sets no others.",
    "RecursionError": "Use a loop over the time steps: sequences are up to 2000 steps long.",
}
