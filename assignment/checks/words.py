"""This assignment's wording for the errors that students see."""

from autograder.checking import Holder

from ..hints.facts import FACTS


class Model(Holder):
    """A plain object with the same name as the handout's."""


#: A hint for each type of error in a student's function. It is added to the message.
HINTS = {
    "AttributeError": "Use only the attributes that exercise 3 stores on the model; grading sets no others.",
    "RecursionError": FACTS["recursion"].words,
    "ValueError": "Take the sizes from the arguments, and check the shapes.",
    "IndexError": "Take the sizes from the arguments, and check the shapes.",
}
