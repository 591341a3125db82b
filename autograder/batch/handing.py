"""The files of a submission as one file, as a student would have handed it in."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..errors import AutograderError, SubmissionError
from .downloads import ZipDownload


def packed(name: str, contents: Mapping[str, bytes], more: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Put files into a zip: its name, and its bytes, which depend on nothing else.

    Args:
        name: of the submission.
        contents: the files that are to be seen.
        more: hidden ones, and names of what programs left.

    Raises:
        SubmissionError: a name cannot stand in a zip.
    """
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(stream, "w") as archive:
            for inside, content in sorted({**contents, **more}.items()):
                archive.writestr(zipfile.ZipInfo(inside), content)
    except ValueError as error:
        raise SubmissionError(f"{name} cannot be read: a file name in it is not valid.") from error
    return f"{name}.zip", stream.getvalue()


def refuse_classes(name: str, content: bytes, is_class: Callable[[Sequence[str]], bool]) -> None:
    """Refuse a zip among other submissions that holds a class.

    Raises:
        SubmissionError: the zip looks like the download of a class.
    """
    if not name.lower().endswith(".zip"):
        return

    try:
        names = ZipDownload(Path(name), content).names
    except AutograderError:
        return  # damaged: whoever grades it says so
    if is_class(names):
        raise SubmissionError(
            f"{name} looks like the download of a class, so it was not graded as one student's work: grade it with a "
            "command of its own."
        )
