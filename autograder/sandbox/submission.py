"""A student's submission, as text that can be run."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass
class Submission:
    """A student's submission."""

    name: str
    """File name of the notebook or script."""
    cells: list[str]
    """Sources of its code cells in order. A plain script is one cell."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Other files that were submitted with it, by relative path."""
    assignment: str | None = None
    """Name of the assignment in the notebook's metadata, if any."""
    note: str = ""
    """What its student should know about how it was read."""

    @property
    def folder(self) -> PurePosixPath:
        """The folder inside the zip that contains the notebook or script."""
        return PurePosixPath(self.name).parent
