"""What errors of ``graph`` mean that come from drawing (exercise 5)."""

import re

from autograder.checking import Mistake

from .hint import Hint

ENDS_COINCIDE = Hint(
    "ends-coincide",
    "networkx cannot draw the label of an edge whose two ends are in the same place: do two nodes have the same "
    "position, or the same name, as when an f before a string is missing?",
)
NO_POSITION = Hint("position-missing", "Give pos an entry for every node, with the node as it is spelt in the graph.")
PARAMETERS_LEFT = Hint("graph-with-parameters", "graph has no parameters in this assignment: it is called as graph().")

#: What the text of an error has in it.
_BY_MESSAGE = (
    (r"TypeError: invalid connection style", ENDS_COINCIDE),
    (r"has no position", NO_POSITION),
    (r"graph\(\) missing \d+ required positional argument", PARAMETERS_LEFT),
)


def raised_hint(mistake: Mistake) -> Hint | None:
    """Return what an error means that ``graph`` raised, if it is one of those that drawings have."""
    return next((hint for pattern, hint in _BY_MESSAGE if re.search(pattern, str(mistake))), None)
