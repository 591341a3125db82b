"""This assignment's wording for the errors that students see."""

from autograder.checking import Holder


class Model(Holder):
    """A plain object with the same name as the handout's."""


#: A hint for each type of error in a student's function. It is added to the message.
HINTS = {
    "AttributeError": "Use only the attributes that exercise 3 stores on the model; grading sets no others.",
    "RecursionError": "Use a loop over the time steps: sequences are up to 2000 steps long.",
    "ValueError": "Take the sizes from the arguments, and check the shapes.",
    "IndexError": "Take the sizes from the arguments, and check the shapes.",
}
