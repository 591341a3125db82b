"""The words of this assignment for what students see in errors."""

from autograder.checking import Holder


class Model(Holder):
    """A plain object, called like the one of the handout."""


#: What to add to the message about an error in a student's function, by the name of the error's type.
HINTS = {
    "AttributeError": "Use only what exercise 3 stores on the model; nothing else is there while grading.",
    "RecursionError": "Use a loop over the time steps: sequences are up to 2000 steps long.",
    "ValueError": "Take the sizes from the arguments, and check the shapes.",
    "IndexError": "Take the sizes from the arguments, and check the shapes.",
}
