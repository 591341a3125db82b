"""Why a case about ``forward`` failed, from what its calls returned and stored.

A case asks only for what it judges. The mistake may be further up, so the stages are looked at from there: first the
activations, then the logit for the student's own activations, then the loss for the student's own logit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checking import OWN_TYPE, kind_of

from ..checks.sequences import STORED, Array, Output, Problem, close, draw_problem
from .activations import HARMLESS, activation_hints
from .extremes import extreme_hints
from .facts import FACTS
from .failures import ONE_STEP, ONE_STEP_OR_INPUT, failure_hints
from .hint import Hint, is_lost
from .logits import logit_hints
from .losses import is_right, loss_hints
from .network import right_network
from .returned import returned_hints
from .seen import SeenCall

#: Looks for the cause of what one kind of case judges.
Stage = Callable[[Sequence[SeenCall]], tuple[Hint, ...]]

#: Asks more problems, if the calls of a case were not enough.
More = Callable[[Sequence[Problem]], Iterable[Output]]

_OTHER_NAME = Hint("stored-under-other-name", "model.{name} holds what belongs in model.{right}: use the given names.")

_NOT_AN_ARRAY = Hint(
    "a-not-an-array",
    "model.a should be an array: if rows is a list of a(1) ... a(T), write model.a = np.array(rows).",
)
_NO_ARRAYS = {
    "dict", "dict_values", "dict_items", "map", "generator", "zip", "filter", "set", "deque", "DataFrame", "accumulate",
    "list_iterator", "reversed", "chain", "islice", OWN_TYPE,
}  # fmt: skip
_FLOAT = Hint(
    "float-labels",
    "It fails only when y is a float: the label may be 0.0 or 1.0, so do not check its type or use it as an index.",
)


def hints_about(stage: Stage, more: More | None = None) -> Callable[[list[Output]], tuple[Hint, ...]]:
    """Return what finds hints for a case.

    Args:
        stage: what the case judges.
        more: asks more problems where every call of the case raised an error, and the errors tell nothing, or where
            there are only a few calls, or only large logits, for which several mistakes give the same.
    """

    def find(outputs: list[Output]) -> tuple[Hint, ...]:
        every = [SeenCall(output) for output in outputs]
        found = _half(every) or failure_hints(every)
        if found == (ONE_STEP,) and more and any(seen.failed for seen in _asked(more, _one_input())):
            return (ONE_STEP_OR_INPUT,)
        if found or not more or any(map(is_lost, outputs)):
            return found or stage(every)
        if all(seen.failed for seen in every):
            return stage(every) or about_example(_asked(more, square_problems()))
        if len(every) <= _FEW or all(seen.is_large for seen in every):
            every += _answered(more, single_problems())
        return stage(every) or _float_labels(every, more)

    return find


def _asked(more: More, problems: Sequence[Problem]) -> list[SeenCall]:
    return [SeenCall(output) for output in more(problems)]


def _answered(more: More, problems: Sequence[Problem]) -> list[SeenCall]:
    """Ask more problems. There are no answers if one of them is an error, as that is another mistake."""
    asked = list[SeenCall]()
    for output in more(problems):
        asked.append(SeenCall(output))
        if asked[-1].failed:
            return []
    return asked


#: With this many calls or fewer, several mistakes may give the same numbers by chance.
_FEW = 4

#: Logits at which formulas that overflow, or are clipped, differ from each other.
_TELLING = (-800.0, 720.0, -720.0, 40.0, -40.0, 90.0, -90.0, 1.5, -2.5, 3.5)


def hints_about_extremes(problems: Sequence[Problem], more: More) -> Callable[[list[Output]], tuple[Hint, ...]]:
    """Return what finds hints for the public case about an extreme logit, with the same network at other logits."""

    def find(outputs: list[Output]) -> tuple[Hint, ...]:
        every = [SeenCall(output) for output in outputs]
        if any(map(is_lost, outputs)):
            return ()
        if found := failure_hints(every) or returned_hints(every):
            return found
        if all(seen.failed for seen in every):
            return hints_about(about_example, more)(outputs)
        size = float(every[0].logits[1][0])
        others = [replace(problem, V=problem.V * (z / size)) for z in _TELLING for problem in problems]
        return about_extremes([*every, *_asked(more, others), *_answered(more, single_problems())])

    return find


def square_problems() -> list[Problem]:
    """Problems in which transposed matrices, and columns in place of rows, fit."""
    rng = np.random.default_rng(0)
    return [draw_problem(rng, *sizes) for sizes in ((3, 4, 4, 1), (4, 4, 4, 1), (5, 4, 4, 4))]


def _one_input() -> list[Problem]:
    """A problem in which x has one column."""
    return [draw_problem(np.random.default_rng(2), 4, 1, 3)]


def _float_labels(every: Sequence[SeenCall], more: More) -> tuple[Hint, ...]:
    """Return a hint if the loss is wrong only where the label is a float, and right for the same label as an int."""
    wrong = [seen for seen in every if seen.failed or seen.loss is None or not is_right(seen, seen.loss)]
    if not wrong or not all(isinstance(seen.problem.y, float) for seen in wrong):
        return ()
    again = _asked(more, [replace(seen.problem, y=int(seen.problem.y)) for seen in wrong])
    right = all(not seen.failed and seen.loss is not None and is_right(seen, seen.loss) for seen in again)
    return (_FLOAT,) if right else ()


def single_problems() -> list[Problem]:
    """Problems with one output, for both labels and both signs of the logit, which is small or moderate."""
    rng, found = np.random.default_rng(1), list[Problem]()
    for sizes, logits in (((3, 4, 5, 1), (0.4, -2.6)), ((5, 3, 6, 1), (-0.7, 3.6))):
        problem = draw_problem(rng, *sizes)
        size = float((problem.V @ right_network(problem).activations()[-1])[0])
        found += [replace(problem, V=problem.V * (z / size), y=label) for z in logits for label in (0, 1)]
    return found


def about_activations(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why ``model.a`` is missing or wrong."""
    return _other_name(every, "a") or _no_array(every) or activation_hints(every)


def about_logit(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why ``model.z`` is missing or wrong."""
    return _other_name(every, "z") or logit_hints(every)


def about_stored(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why ``model.a`` or ``model.z`` is missing or has a wrong shape."""
    if any(seen.rows is None for seen in every):
        return about_activations(every)
    return about_logit(every)


def about_loss(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why the loss is wrong for the student's own logit."""
    return returned_hints(every) or loss_hints(every)


def about_extremes(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why the loss at large logits is wrong."""
    return returned_hints(every) or logit_hints(every) or extreme_hints(every)


def about_example(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why the loss is wrong, with nothing carried forward: the first stage that is wrong is the cause."""
    if found := returned_hints(every):
        return found
    found = tuple(hint for hint in activation_hints(every) if hint not in HARMLESS)
    if found or any(seen.rows is not None and not close(seen.rows, seen.right[1]) for seen in every):
        return found
    if any(seen.z is not None and not close(seen.z, seen.logits[1]) for seen in every):
        return logit_hints(every)
    return loss_hints(every) or logit_hints(every)


def about_long(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Why the loss of a long sequence is wrong."""
    readable = all(seen.loss is not None for seen in every if not seen.failed)
    return about_loss(every) or (about_activations(every) if readable else ())


def _half(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    read = [array for seen in every for name in ("a", "z", "loss") if (array := seen.numbers(name)) is not None]
    return (FACTS["half-precision"],) if any(array.dtype == np.float16 for array in read) else ()


def _other_name(every: Sequence[SeenCall], right: str) -> tuple[Hint, ...]:
    """Return a hint if what is missing under its name is right under another one."""
    if any(right in seen.output.answer.attributes for seen in every):
        return ()
    for name in STORED[right][1:]:
        held = [(seen, array) for seen in every if (array := seen.numbers(name)) is not None]
        wanted = [(array, _wanted(seen, right)) for seen, array in held]
        if held and all(array.size == other.size and close(array.ravel(), other.ravel()) for array, other in wanted):
            return (_OTHER_NAME.about(name=name, right=right),)
    return () if not every or every[0].failed else (FACTS["not-stored"],)  # an error is what the case tells of


def _no_array(every: Sequence[SeenCall]) -> tuple[Hint, ...]:
    """Return a hint if ``model.a`` is always a container or an iterator that numpy does not turn into an array."""
    stored = [(seen, seen.output.answer.attributes.get("a")) for seen in every]
    return (_NOT_AN_ARRAY,) if all(_is_no_array(seen, value) for seen, value in stored) else ()


def _is_no_array(seen: SeenCall, value: Any) -> bool:
    return kind_of(value) in _NO_ARRAYS and seen.numbers("a") is None


def _wanted(seen: SeenCall, name: str) -> Array:
    return seen.right[1] if name == "a" else seen.logits[0]
