"""The drawings made during grading. They are shown instead of those that students stored in their notebooks."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..batch.store import Store
from ..grading.pictures import MarkedPicture, pictures_for


@dataclass(frozen=True)
class DrawnThen:
    """What a submission drew when it was graded."""

    digest: str = ""
    """The digest of what was run then."""
    pictures: Mapping[str, MarkedPicture] = field(default_factory=dict)
    """The pictures by question. Those that only staff may see are left out: students get their PDFs back."""

    @property
    def key(self) -> bytes:
        """Changes with the pictures."""
        digest = hashlib.sha256(self.digest.encode() if self.pictures else b"")
        for question, picture in sorted(self.pictures.items()):
            digest.update(question.encode() + hashlib.sha256(picture.png).digest())
        return digest.digest()


class GradedDrawings:
    """The drawings in a folder of ``autograder grade``."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def of(self, label: str) -> DrawnThen:
        """What a submission drew; nothing if it was not graded there, or no picture was kept."""
        record = self._store.read(label)
        if record is None:
            return DrawnThen()
        pictures = pictures_for("everybody", record.ours.pictures)
        return DrawnThen(record.ours.run.digest, {picture.question: picture for picture in pictures})
