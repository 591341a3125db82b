"""The two numbers of the assignment that an instructor may change; the values come from otter_config.json."""

from autograder.settings import load

_settings = load()

#: Bound of the uniform distribution that the weights are drawn from.
WEIGHT_RANGE: float = _settings.weight_range
#: Number of time steps of the unfolded graph.
STEPS: int = _settings.steps
