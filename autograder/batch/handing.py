"""The files of a submission as one file, as a student would have handed it in."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..errors import AutograderError, SubmissionError
from .downloads import ZipDownload


def packed(name: str, contents: Mapping[str, bytes], more: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Put files into a zip, and return its name and its bytes. The bytes depend only on the files.

    Args:
        name: the name of the submission.
        contents: the visible files.
        more: hidden files, and empty ones under the names of what programs left.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for inside, content in sorted({**contents, **more}.items()):
            archive.writestr(zipfile.ZipInfo(inside), content)
    return f"{name}.zip", stream.getvalue()


def refuse_classes(name: str, content: bytes, is_class: Callable[[Sequence[str]], bool]) -> None:
    """Refuse a zip that is taken for one submission but holds a whole class.

    Raises:
        SubmissionError: the zip looks like the download of a class.
    """
    if not name.lower().endswith(".zip"):
        return

    try:
        names = ZipDownload(Path(name), content).names
    except AutograderError:
        return  # damaged: the message will come when it is graded
    if is_class(names):
        raise SubmissionError(
            f"{name} looks like the download of a class, so it was not graded as one student's work: if it is a class, "
            "grade it in a separate run, with its own output folder."
        )
