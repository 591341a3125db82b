"""What a student handed in, as text that can be run."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass
class Submission:
    """What a student handed in."""

    name: str
    """File name of the notebook or script."""
    cells: list[str]
    """Source of its code cells in order; a plain script is one cell."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Other files that lay beside it, by their relative path."""
    assignment: str | None = None
    """Name of the assignment that the notebook's metadata tells, if any."""

    @property
    def folder(self) -> PurePosixPath:
        """The folder inside the zip that the notebook or script lies in."""
        return PurePosixPath(self.name).parent
