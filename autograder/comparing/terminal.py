"""What ``autograder compare`` prints: a page that a person reads from top to bottom, in 80 columns."""

import textwrap
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..batch.graded import PersonMark
from ..sandbox.text import amount, clean
from .classes import Comparison
from .differences import Compared
from .grouping import ChangedCase, Reason, by_case, distribution, sums

#: The width of the longest bar, and the most bins of a distribution.
_BAR, _BINS = 30, 15

#: How many different changes of a test case's outcome are shown, and how many of only its message.
_REASONS, _MESSAGES = 12, 3


def show(comparison: Comparison, console: Console) -> None:
    """Print what differs, and what does not."""
    before, now = comparison.before, comparison.now
    if comparison.same:
        _line(console, f"{_people(len(comparison.people))}: nothing changes.")
        return
    cases = by_case(comparison.people)
    _show_totals(comparison, console)
    for case in cases:
        _show_case(case, console)
    _show_people(comparison.changed, console)
    _show_statuses(comparison.people, console)
    _show_held(cases, console)
    if scaled := sum(one.scaled for one in comparison.people):
        told = "The score that Gradescope and Otter show, which points_possible and score_threshold scale, changes for"
        _line(console, f"\n{told} {_people(scaled)}.", "bold")
    for marks, folder in ((comparison.gone, before.folder), (comparison.new, now.folder)):
        if marks:
            _line(console, f"\nOnly in {folder}: {_names(marks)}", "bold")


def _show_totals(comparison: Comparison, console: Console) -> None:
    """How many people gain and lose, the sums of the questions, and how many points people gain."""
    both, changed = comparison.both, comparison.changed
    gains = [one.gain or 0 for one in both]
    up, down = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    other = f", {len(changed) - up - down} changed in another way" if len(changed) > up + down else ""
    told = f"{_people(len(comparison.people))}: {_verb(up, 'gain')} points, {_verb(down, 'lose')} points{other}, "
    _line(console, f"{told}{_verb(len(comparison.people) - len(changed), 'keep')} theirs.", "bold")
    if not changed:
        return
    table = _table("question", "sum before", "now", "change", "possible each")
    before, now = comparison.before, comparison.now
    for question, (old, new) in sums(comparison).items():
        most = _change(before.possible.get(question), now.possible.get(question))
        table.add_row(question, f"{old:g}", f"{new:g}", _signed(new - old), most)
    old, new = (sum(side) for side in zip(*sums(comparison).values(), strict=True))
    count = max(len(both), 1)
    table.add_section()
    table.add_row("all", f"{old:g}", f"{new:g}", _signed(new - old), _change(before.most, now.most))
    table.add_row("mean", f"{old / count:.2f}", f"{new / count:.2f}", _signed(round((new - old) / count, 2)), "")
    console.print(table)
    _show_distribution(distribution(comparison), console)


def _show_distribution(found: list[tuple[float, int]], console: Console) -> None:
    table, most = _table("change", "people", ""), max((count for _, count in found), default=1)
    for gain, count in found[:_BINS]:
        bar = "█" * max(1, round(count / most * _BAR))
        table.add_row(_signed(gain), str(count), bar if gain else f"[dim]{bar}[/]")
    console.print(table)
    if len(found) > _BINS:
        _line(console, f"  ... and {len(found) - _BINS} more values")


def _show_case(case: ChangedCase, console: Console) -> None:
    """Show one test case: how many gain and lose by it, and for each kind of change both messages and the people."""
    told = f"{case.name} ({case.question})" if case.name != case.question else case.name
    if case.reasons or case.worth:
        told += f": {_verb(case.gain, 'gain')}, {_verb(case.lose, 'lose')}, {_signed(case.moved)} points in total"
    elif case.messages:
        count = sum(len(reason.people) for reason in case.messages)
        told += f": the same outcomes, but a different message for {_people(count)}"
    else:
        return  # marks that were changed by hand are shown in a section of their own
    _line(console, f"\n{told}", "bold")
    for before, now in sorted(case.worth):
        _indented(console, " worth: ", f"{amount(now, 'point')} instead of {before:g}")
    for reasons, shown in ((case.reasons, _REASONS), (case.messages, _MESSAGES)):
        for reason in reasons[:shown]:
            _show_reason(reason, console)
        if reasons[shown:]:
            count = sum(len(reason.people) for reason in reasons[shown:])
            _indented(console, "        ", f"... and {_people(count)} in other ways; --csv writes them all", "dim")


def _show_reason(reason: Reason, console: Console) -> None:
    for label, side in (("before", reason.before), ("now", reason.now)):
        worth = "" if side.points is None else f"{side.points:g} of {side.most:g} points, "
        _indented(console, f"{label:>6}: ", f"{worth}{side.told}")
    _indented(console, "        ", f"{_people(len(reason.people))}: {_names(one.now for one in reason.people)}", "cyan")


def _show_people(changed: list[Compared], console: Console) -> None:
    if not changed:
        return
    _line(console, "\nWhose marks change", "bold")
    table = _table("person", "before", "now", "change", "by")
    for one in sorted(changed, key=lambda one: (-abs(one.gain or 0), one.name.casefold())):
        by = [difference.name for difference in one.differences if difference.counts and not difference.held]
        gain = "" if one.gain is None else _signed(one.gain)
        by += ["other work was graded"] if one.handed_anew else []
        told = Text(clean(", ".join(dict.fromkeys(by))))
        table.add_row(Text(clean(one.name)), _points(one.before), _points(one.now), gain, told)
    console.print(table)


def _show_statuses(people: Iterable[Compared], console: Console) -> None:
    """Show people whose status in the table has changed, for example because their work could not be read before."""
    for one in people:
        if one.status:
            _line(console, f"\n{one.name}", "bold")
            for label, status in zip(("before", "now"), one.status, strict=True):
                _indented(console, f"{label:>6}: ", status)


def _show_held(cases: Iterable[ChangedCase], console: Console) -> None:
    """Show marks changed by hand whose test case now has another outcome."""
    lines = [(case, one, difference) for case in cases for one, difference in case.held]
    if lines:
        told = "\nMarks changed by hand are kept, though the test case now has another outcome: check them again"
        _line(console, told, "bold")
    for case, one, difference in lines:
        sides = f"{difference.before.outcome} before, {difference.now.outcome} now"
        _indented(console, "  ", f"{one.name}: {difference.held}. {case.name}: {sides}")


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        numbers = column not in {"question", "person", "by", ""}
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    return table


def _line(console: Console, text: str, style: str = "") -> None:
    """Print a paragraph, wrapped between words."""
    begun = "\n" if text.startswith("\n") else ""
    console.print(Text(begun + textwrap.fill(clean(text.strip()), console.width), style=style), highlight=False)


def _indented(console: Console, label: str, text: str, style: str = "") -> None:
    """Print a paragraph with a label before its first line, and spaces before the others."""
    lines = [line for part in clean(text).splitlines() for line in textwrap.wrap(part, console.width - len(label) - 1)]
    for number, line in enumerate(lines):
        before = label if number == 0 else " " * len(label)
        console.print(Text.assemble((before, "dim"), (line, style)), highlight=False, soft_wrap=True)


def _names(marks: Iterable[PersonMark]) -> str:
    return ", ".join(mark.name for mark in marks)


def _people(count: int) -> str:
    return amount(count, "person", "people")


def _verb(count: int, verb: str) -> str:
    return f"{count} {verb}{'s' if count == 1 else ''}"


def _points(mark: PersonMark) -> str:
    return "-" if mark.total is None else f"{mark.total:g}"


def _change(before: float | None, now: float | None) -> str:
    if before == now:
        return f"{now or 0:g}"
    return f"{'-' if before is None else f'{before:g}'} → {'-' if now is None else f'{now:g}'}"


def _signed(number: float) -> str:
    number = round(number, 5)
    return f"{number:+g}" if number else "0"
