"""What an instructor may change about this assignment."""

from typing import Annotated, Any

import msgspec

from autograder.checking import constant


class Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The values, with their ranges and defaults."""

    width: Annotated[int, msgspec.Meta(ge=3, le=31)] = 5
    """How many numbers the window of the chart holds; an odd number."""

    seed: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Seed of the hidden series."""


SECRET = ("seed",)


def handout(values: Values) -> dict[str, object]:
    """What the texts for students may use."""
    return {"width": values.width}


def __getattr__(name: str) -> Any:
    """Look up a name in capitals in the otter_config.json beside this folder."""
    return constant(name, Values, __file__)
