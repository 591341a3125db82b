"""Gradescope's results.json as types, as its documentation describes the file.

https://gradescope-autograders.readthedocs.io/en/latest/specs
"""

from typing import Literal

import msgspec


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What graded a submission and how, for programs. It contains nothing from a submission or from hidden inputs."""

    program: str = ""
    """Version and digest of this program."""
    python: str = ""
    key: str = ""
    """Changes with the submission, the test cases, the settings and the program."""
    seconds: float = 0.0
    """How long grading took."""
    processor_seconds: float = 0.0
    """How much processor time the student's code took."""
    limits: list[str] = []
    """Limits that the student's code exceeded."""
    confined: list[str] = []
    """What kept the student's code away from everything else."""


Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]
Format = Literal["text", "html"]


class GradescopeTest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of Gradescope's list of tests."""

    name: str
    visibility: Visibility
    output: str
    output_format: Format | None = None
    number: str | None = None
    score: int | float | None = None
    max_score: int | float | None = None
    status: Literal["passed", "failed"] | None = None


class GradescopeResults(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Gradescope's results.json: https://gradescope-autograders.readthedocs.io/en/latest/specs."""

    tests: list[GradescopeTest]
    output: str | None = None
    """What is at the top of the page."""
    output_format: Format | None = None
    score: int | float | None = None
    """The marks, if they are not the sum of the tests' scores."""
    stdout_visibility: Visibility | None = None


class OnlyAbout(msgspec.Struct, frozen=True):
    """What a container gives Gradescope to store. Later attempts are given the results of earlier ones."""

    about: About


class ContainerResults(GradescopeResults, frozen=True, kw_only=True):
    """What a container writes."""

    extra_data: OnlyAbout


def container_results(results: GradescopeResults, about: About) -> ContainerResults:
    """Add to results what a container gives Gradescope to store."""
    return ContainerResults(**msgspec.structs.asdict(results), extra_data=OnlyAbout(about))
