"""Find the mistaken network that gives a student's activations."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np

from ..checks.sequences import Array, Problem, close
from .hint import Hint
from .network import DRIVES, INPUTS, OTHER_ACTIVATIONS, RECURRENCES, Net, Slip, right_network

#: A problem, and the activations that a student has for it, of shape (T, I).
Given = tuple[Problem, Array]

#: The parts of a network with their mistakes, in the order in which they matter.
PARTS = (INPUTS, DRIVES, RECURRENCES, OTHER_ACTIVATIONS)

#: Reshaping a square array and transposing it is transposing it, and that is the commoner mistake.
_WEAKER = {"x-reshaped", "w-reshaped"}

#: Longer sequences add no information, and take longer.
_LONGEST = 12


def network_hints(given: Sequence[Given], mistakes: int = 1) -> tuple[Hint, ...]:
    """Return the mistakes of a network that gives these activations, or none if it is not certain.

    Args:
        given: problems with a student's activations. Some of them must be wrong.
        mistakes: how many mistakes the network has, in different parts.
    """
    short = sorted((one for one in given if len(one[0].x) <= _LONGEST), key=lambda one: len(one[0].x) != 3)[:4]
    if not short:
        return ()
    with np.errstate(all="ignore"):
        found = {
            tuple(slip.hint for slip in slips if slip.hint)
            for slips in _with_mistakes(mistakes, short[0])
            if all(_gives(slips, problem, own) for problem, own in short)
        }
    certain = [hints for hints in found if not any(hint.key in _WEAKER for hint in hints)] or list(found)
    return certain[0] if len(certain) == 1 else ()


def _with_mistakes(count: int, first: Given) -> Iterator[tuple[Slip, ...]]:
    """All ways to make this many mistakes, in different parts, that give the first row of the activations.

    Mistakes in what comes back do not show in the first row. Those that do are looked at alone.
    """
    problem, own = first
    for places in combinations(range(len(PARTS)), count):
        choices = [part[1:] if place in places else part[:1] for place, part in enumerate(PARTS)]
        if 2 not in places or count == 1:
            yield from (slips for slips in product(*choices) if _begins(slips, problem, own))
            continue
        right = RECURRENCES[0]
        begun = (slips for slips in product(*choices[:2], [right], choices[3]) if _begins(slips, problem, own))
        yield from ((*slips[:2], back, slips[3]) for slips in begun for back in choices[2])


def _begins(slips: tuple[Slip, ...], problem: Problem, own: Array) -> bool:
    """Whether a network has the first row of these activations."""
    return _agrees(slips, problem, own, 1)


def _gives(slips: tuple[Slip, ...], problem: Problem, own: Array) -> bool:
    return _agrees(slips, problem, own, len(own))


def _agrees(slips: tuple[Slip, ...], problem: Problem, own: Array, rows: int) -> bool:
    network = mistaken(slips, problem)
    if network is None:
        return False
    try:
        return close(own[:rows], network.activations(rows))
    except ValueError:
        return False


def mistaken(slips: tuple[Slip, ...], problem: Problem) -> Net | None:
    """The network with some mistakes; None if they do not fit the shapes of a problem."""
    network = right_network(problem)
    try:
        for slip in slips:
            network = slip.change(network)
    except (ValueError, np.linalg.LinAlgError):
        return None
    return network
