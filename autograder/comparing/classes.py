"""Two graded folders side by side: who is in both, and what differs."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace

from ..batch.graded import GradedClass, PersonMark
from .differences import Compared, compare_marks

_Pairs = list[tuple[PersonMark, PersonMark]]


@dataclass(frozen=True)
class Comparison:
    """The outcome."""

    before: GradedClass
    now: GradedClass
    people: list[Compared] = field(default_factory=list)
    gone: list[PersonMark] = field(default_factory=list)
    """Who is in the old folder only."""
    new: list[PersonMark] = field(default_factory=list)
    """Who is in the new folder only."""

    @property
    def changed(self) -> list[Compared]:
        """Those whose points differ from before."""
        return [one for one in self.people if one.changed]

    @property
    def same(self) -> bool:
        """Whether nothing differs for anybody."""
        return not self.gone and not self.new and all(one.same for one in self.people)

    @property
    def both(self) -> list[Compared]:
        """Those with a mark in both folders."""
        return [one for one in self.people if one.gain is not None]


def compare_classes(before: GradedClass, now: GradedClass, other_work: Sequence[str] = ()) -> Comparison:
    """Compare two folders, person by person.

    Args:
        before: the old folder.
        now: the new one.
        other_work: the ``file`` of those in the new folder whose work has changed since.
    """
    pairs, gone, new = _pairs(before.marks, now.marks)
    people = [compare_marks(*pair) for pair in pairs]
    people = [
        replace(one, handed_anew=one.handed_anew or one.now.row.file in other_work)
        for one in sorted(people, key=lambda one: one.name.casefold())
    ]
    return Comparison(before, now, people, gone, new)


def _pairs(
    before: Sequence[PersonMark], now: Sequence[PersonMark]
) -> tuple[_Pairs, list[PersonMark], list[PersonMark]]:
    """Pair the same people: by all that is known of them and the file, then by id, by email, by name, by file.

    Each of these counts only if it is unique in both folders. What remains on each side is returned, too.
    """
    pairs, old, new = list[tuple[PersonMark, PersonMark]](), list(before), list(now)
    for key in _KEYS:
        places = defaultdict[Hashable, list[PersonMark]](list)
        for mark in new:
            places[key(mark)].append(mark)
        counts, rest = Counter(map(key, old)), list[PersonMark]()
        for mark in old:
            found = places.get(key(mark), [])
            if key(mark) and counts[key(mark)] == len(found) == 1 and not _others(mark, found[0]):
                pairs.append((mark, found[0]))
            else:
                rest.append(mark)
        paired = {id(mark) for _, mark in pairs}
        old, new = rest, [mark for mark in new if id(mark) not in paired]
    return pairs, old, new


def _others(one: PersonMark, other: PersonMark) -> bool:
    """Whether two marks belong to different people: the id or the email differs, and neither is the same."""
    sides = [(_plain(mark.student.id), _plain(mark.student.email)) for mark in (one, other)]
    return any(first and second and first != second for first, second in zip(*sides, strict=True)) and not any(
        first and first == second for first, second in zip(*sides, strict=True)
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


_KEYS: tuple[Callable[[PersonMark], Hashable], ...] = (
    lambda mark: (mark.student, mark.row.file) if mark.row.file else None,
    lambda mark: _plain(mark.student.id),
    lambda mark: _plain(mark.student.email),
    lambda mark: _plain(mark.student.name),
    lambda mark: mark.row.file,
)
