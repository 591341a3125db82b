"""The settings of this assignment: the ``values`` in otter_config.json.

Test cases, checks and the reference solution import them by their names in capitals, as in
``from assignment.settings import POINTS, STEPS``. ``POINTS`` holds the points of each question. In the zips, plain
numbers replace these names.
"""

from typing import Annotated, Any

import msgspec

from autograder.checking import constant


class Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The values, with their ranges and defaults."""

    weight_range: Annotated[float, msgspec.Meta(gt=0, le=10)] = 0.01
    """Weights are drawn from the uniform distribution on [-weight_range, weight_range]."""

    steps: Annotated[int, msgspec.Meta(ge=2, le=8)] = 3
    """Number of time steps of the unfolded graph."""

    seed: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    """Seed of the inputs that the hidden test cases draw."""


#: Values that students must not find in their zip.
SECRET = ("seed",)


def handout(values: Values) -> dict[str, str]:
    """Return the variables that the texts for students use in [[ ]]."""
    return {
        "weight_range": f"{values.weight_range:g}",
        "steps": str(values.steps),
        "steps_list": ", ".join(str(t) for t in range(1, values.steps + 1)),
        "node_count": str(4 * values.steps),  # x, a, z and L at each step
        "edge_count": str(4 * values.steps - 1),  # x -> a, a -> z and z -> L at each step, and a -> a between them
    }


def __getattr__(name: str) -> Any:
    """Look up a name in capitals in the otter_config.json next to this folder."""
    return constant(name, Values, __file__)
