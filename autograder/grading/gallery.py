"""Collect the pictures of a submission's drawings while its test cases are judged.

Unless a setting says otherwise, we ask for a picture only when a case has failed. So a submission that passes takes no
more time. The pixels come from the copy that drew, while it still runs. A copy that has seen a hidden input makes
pictures for staff only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..checking.marks import Mark
from ..sandbox.functions import FarFunctions
from ..wire.facts import Drawing
from ..wire.pixels import Pixels
from .pictures import Audience, MarkedPicture, marks_of, words_for

#: How many questions of a submission can have a picture.
_MOST = 4


@dataclass
class _Kept:
    """The figure of a question."""

    pixels: Pixels
    drawings: Sequence[Drawing]
    """The drawings that were read from it."""
    public: bool
    """Whether the copy that made the pixels had not seen any hidden input."""
    failed: bool = False
    """Whether a public case has failed."""
    failed_hidden: bool = False
    marks: dict[str, tuple[bool, list[Mark]]] = field(default_factory=dict)
    """For each case with marks: whether it is hidden, and the marks."""


class Gallery:
    """The pictures of one submission."""

    def __init__(self, functions: FarFunctions) -> None:
        self._functions, self._when = functions, functions.session.settings.pictures
        self._kept: dict[str, _Kept | None] = {}

    def look(self, question: str, case: str, hidden: bool, error: BaseException | None) -> None:
        """Look at a case that has just been judged.

        Args:
            question: the name of its question.
            case: its name.
            hidden: whether it is hidden.
            error: why it failed; None if it passed.
        """
        if self._when == "never" or (error is None and self._when != "always"):
            return
        drawing = getattr(error, "drawing", None) or _largest(self._functions.drawn)
        if drawing is None:
            return
        if question not in self._kept and len(self._kept) < _MOST:
            self._kept[question] = self._ask(drawing)
        kept = self._kept.get(question)
        if kept is None or not any(drawing is one for one in kept.drawings):
            return
        kept.failed = kept.failed or not hidden
        kept.failed_hidden = kept.failed_hidden or hidden
        if error is not None and (marks := marks_of(error)):
            kept.marks[case] = hidden, marks

    def _ask(self, drawing: Drawing) -> _Kept | None:
        from .marking import is_whole  # its library is slow to load, and most submissions need no picture

        public = self._functions.session.public
        pixels = self._functions.last_drawn.show(drawing)
        if pixels is None or not is_whole(pixels):
            return None
        return _Kept(pixels, self._functions.last_drawn.beside(drawing), public)

    def pictures(self) -> list[MarkedPicture]:
        """Make the pictures. One that fails is left out, with a remark for staff, because no marks depend on it."""
        made: list[MarkedPicture] = []
        for question, kept in self._kept.items():
            try:
                made += [] if kept is None else _pictures(question, kept)
            except Exception as error:
                self._functions.session.remarks.append(f"no picture of {question}: {type(error).__name__}: {error}")
        return made


def _largest(drawings: Sequence[Drawing]) -> Drawing | None:
    return max(drawings, key=lambda drawing: len(drawing.texts), default=None)


def _pictures(question: str, kept: _Kept) -> list[MarkedPicture]:
    every = [(case, marks) for case, (_, marks) in kept.marks.items()]
    public = [(case, marks) for case, (hidden, marks) in kept.marks.items() if not hidden]
    if not kept.public:
        return [_picture(question, kept, every, "staff")]
    found = [_picture(question, kept, public, "everybody")] if kept.failed else []
    if (kept.failed_hidden and not kept.failed) or len(public) < len(every):
        found.append(_picture(question, kept, every, "after results"))
    return found


def _picture(question: str, kept: _Kept, cases: list[tuple[str, list[Mark]]], audience: Audience) -> MarkedPicture:
    from .marking import png_of  # see above

    different: list[list[Mark]] = []
    for _, marks in cases:
        different += [marks] if marks not in different else []
    numbered = [(number, mark) for number, marks in enumerate(different, 1) for mark in marks]
    png, width, height = png_of(kept.pixels, numbered)
    return MarkedPicture(
        question=question, png=png, width=width, height=height, words=words_for(numbered), audience=audience,
        numbers={case: different.index(marks) + 1 for case, marks in cases},
    )  # fmt: skip
