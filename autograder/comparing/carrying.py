"""Records of work that need not be graded again: the old outcomes, with the points and settings of the new zip."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from ..batch.store import KEPT_ZIP, Store
from ..batch.tasks import Recorder, Task, grader_of, key_of
from ..errors import AutograderError
from ..grading.results import Graded, OlderRecord, OurPart, Record
from ..version import digest_of_package, digest_of_zip
from ..zips.reading import ZipContent, parse_autograder_zip
from .effects import Effect, effect_of


class Carrier:
    """Carries records of an old folder into a new one, if that is safe.

    A record is carried if the same program graded the same content, and if the zips differ in nothing that could change
    an outcome. The old zip is the copy that ``autograder grade`` keeps, or the file that the record names, if that
    is still exactly the same zip.
    """

    def __init__(self, folder: Path, archive: bytes, content: ZipContent) -> None:
        """Read the records of the old folder.

        Args:
            folder: the old folder.
            archive: the new autograder.zip.
            content: what is in it.
        """
        self.grader = grader_of(archive)
        self.carried = 0
        self.other_work: list[str] = []
        """The labels of submissions whose content has changed since the old folder was graded."""
        self._content = content
        self._records = {one.ours.path: one for one in Store(folder).read_all() if not isinstance(one, OlderRecord)}
        self.effect, self.why = self._effect(folder)

    def __call__(self, task: Task) -> Record | None:
        """The record of a submission without grading it again; None if it must be graded."""
        old = self._records.get(task.path)
        if old is None or not old.ours.completed or task.fault:
            return None
        content = task.content or task.problem.encode()
        if key_of(content, task.name, bytes.fromhex(old.ours.grader)) != old.ours.key:
            self.other_work.append(task.label)
            return None
        if self.effect is Effect.ANYTHING:
            return None
        graded = self._with_points(old.ours)
        if graded is None:
            return None
        self.carried += 1
        return Recorder(self._content).record(task, graded, old.ours.seconds, old.ours.chosen)

    def _effect(self, folder: Path) -> tuple[Effect, str]:
        """What the new zip can change, and why everything must be graded again, if it must."""
        graders = {one.ours.grader for one in self._records.values() if one.ours.completed}
        if len(graders) != 1:
            return Effect.ANYTHING, "the old results are not all from the same program and zip"
        grader = bytes.fromhex(graders.pop())
        if not grader.startswith(digest_of_package()):
            return Effect.ANYTHING, "the old results are from another version of the program"
        if grader == self.grader:
            return Effect.NOTHING, ""
        paths = [folder / KEPT_ZIP, *map(Path, {one.ours.autograder for one in self._records.values()})]
        for archive in _contents(paths):
            if grader.endswith(digest_of_zip(archive)):
                effect = effect_of(parse_autograder_zip(archive, str(folder / KEPT_ZIP)), self._content)
                return effect, "the zips differ in what could change outcomes" if effect is Effect.ANYTHING else ""
        return Effect.ANYTHING, "the zip of the old results is gone"

    def _with_points(self, old: OurPart) -> Graded | None:
        """Old results with the points of the new zip; None if the test cases are not the same."""
        declared = {
            (test_file.name, case.name): case for test_file in self._content.test_files for case in test_file.test_cases
        }
        if [(case.question, case.name) for case in old.cases] != list(declared):
            return None
        cases = [msgspec.structs.replace(one, points=declared[one.question, one.name].points) for one in old.cases]
        fields = {name: getattr(old, name) for name in Graded.__struct_fields__}
        return Graded(**fields | {"cases": cases})


def _contents(paths: Iterable[Path]) -> Iterable[bytes]:
    for path in paths:
        try:
            yield path.read_bytes()
        except OSError:
            continue


def kept_overrides(old: Path, new: Path, name: str) -> str:
    """Copy the marks that were changed by hand from the old folder to the new one, unless that has its own.

    Returns:
        What to say if the new folder keeps a file of its own that differs; otherwise empty.

    Raises:
        AutograderError: a file cannot be read or written.
    """
    source, target = old / name, new / name
    try:
        content = source.read_bytes() if source.exists() else b""
        if not target.exists():
            if content:
                target.write_bytes(content)
            return ""
        if not content or target.read_bytes() == content:
            return ""
    except OSError as error:
        raise AutograderError(f"cannot copy {source} to {target}: {error.strerror}") from error
    return f"{target} differs from {source}: the changes in {target} are used"
