"""A student's submission, as text that can be run."""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath

#: Libraries that only some submissions import and that load slowly, each with the words in the code that show its use.
_LIBRARIES = {
    "scipy.special": ("scipy",),
    "scipy.stats": ("scipy", "stats"),
    "scipy.optimize": ("kamada_kawai",),
    "pandas": ("pandas",),
}


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
    """A note for the student on how it was read."""
    counts: list[int] = field(default_factory=list)
    """The numbers that the notebook shows beside its code cells, as in ``In [6]``; 0 where it shows none."""
    starts: list[int] = field(default_factory=list)
    """The lines of a script in which its cells begin, counted from 1; 0 where that is unknown."""
    unrun: list[str] = field(default_factory=list)
    """The texts of a notebook's other cells."""

    @property
    def digest(self) -> str:
        """Changes with the content. It does not depend on file names."""
        cells = [cell.encode("utf-8", "surrogatepass") for cell in self.cells]
        digest = hashlib.sha256()
        for content in (*cells, *sorted(self.files.values())):
            digest.update(len(content).to_bytes(8, "big") + content)
        return digest.hexdigest()

    @property
    def seed(self) -> int:
        """The seed for random numbers. It depends only on the content, not on file names."""
        return int(self.digest[:8], 16)

    @property
    def folder(self) -> PurePosixPath:
        """The folder inside the zip that contains the notebook or script."""
        return PurePosixPath(self.name).parent

    @property
    def libraries(self) -> tuple[str, ...]:
        """Extra libraries that it seems to need. A wrong guess only costs the time to load them."""
        texts = [text.encode("utf-8", "replace") for text in self.cells]
        texts += [content for name, content in self.files.items() if name.endswith(".py")]
        text = b"\n".join(texts)
        return tuple(name for name, words in _LIBRARIES.items() if all(word.encode() in text for word in words))
