"""What a student handed in, as text that can be run."""

import hashlib
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
    def seed(self) -> int:
        """A number that depends on the content alone, not on names: what the submission draws at random follows it."""
        cells = [cell.encode("utf-8", "surrogatepass") for cell in self.cells]
        digest = hashlib.sha256()
        for content in (*cells, *sorted(self.files.values())):
            digest.update(len(content).to_bytes(8, "big") + content)
        return int.from_bytes(digest.digest()[:4], "big")

    @property
    def folder(self) -> PurePosixPath:
        """The folder inside the zip that the notebook or script lies in."""
        return PurePosixPath(self.name).parent
