"""The settings as plain names, for the test cases.

A test file imports what it needs from here; the generator replaces that import by the values, so that the test
files inside the zips stand on their own.
"""

from .settings import load

_settings = load()

WEIGHT_RANGE: float = _settings.weight_range
STEPS: int = _settings.steps
SEED: int = _settings.seed
Q3_POINTS: float = _settings.points.q3
Q4_POINTS: float = _settings.points.q4
Q5_POINTS: float = _settings.points.q5
