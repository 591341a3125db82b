"""Mistakes in ``forward`` that no submission of the corpus makes: each gets its hint, and no other.

The functions are called here and not behind the wall, so that a mistake costs no grading.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.checking import Mistake
from reference_solution.network import init
from tests.otter import q4
from tests.support.hints import keys_in

#: A student's solution in parts. A mistake replaces some of them.
PARTS = {
    "before": "pass",
    "start": "np.zeros(len(R))",
    "drive": "W @ x[t]",
    "back": "R @ a",
    "sum": "drive + back",
    "activation": "np.tanh(s)",
    "stored": "rows",
    "logit": "V @ rows[-1]",
    "kept": "z",
    "loss": "L(z)",
}

SOURCE = """
def forward(model, x, y):
    W, R, V = model.W, model.R, model.V
    L = lambda z: np.logaddexp(0, z) - y * z
    sigma = lambda z: 1 / (1 + np.exp(-z))
    u = lambda z: np.exp(-np.abs(z))
    {before}
    a = {start}
    rows, s = [], 0 * a
    for t in range(len(x)):
        drive, back = {drive}, {back}
        s = {sum}
        a = {activation}
        rows.append(a)
    rows = np.array(rows)
    every = [L(V @ row) for row in rows]
    model.a = {stored}
    z = {logit}
    model.z = {kept}
    return {loss}
"""

MISTAKES = {
    "input-early": {"before": "x = np.vstack([x[1:], x[-1:]])"},
    "first-input-only": {"drive": "W @ x[0]"},
    "inputs-added-up": {"before": "x = np.cumsum(x, axis=0)"},
    "x-rounded": {"before": "x = x.astype(int)"},
    "w-scaled": {"before": "W = W / np.sqrt(W.shape[1])"},
    "r-not-multiplied": {"back": "a"},
    "r-negated": {"sum": "drive - back"},
    "r-diagonal": {"back": "R.diagonal() * a"},
    "r-twice": {"back": "R @ (R @ a)"},
    "s-fed-back": {"back": "R @ s"},
    "tanh-around-parts": {"activation": "np.tanh(drive) + np.tanh(back)"},
    "first-tanh-missing": {"activation": "np.tanh(s) if t else s"},
    "tanh-negated": {"activation": "-np.tanh(s)"},
    "tanh-derivative": {"activation": "1 - np.tanh(s) ** 2"},
    "a0-not-zero": {"start": "np.linspace(0.1, 0.8, len(R))"},
    "a-accumulated": {"stored": "np.cumsum(rows, axis=0)"},
    "a-extra-axis": {"stored": "[rows]"},
    "a-negated": {"stored": "-rows"},
    "a-overwritten": {"stored": "[*(0 * rows[:-1]), rows[-1]]"},
    "a-scrambled": {"stored": "rows.T.reshape(rows.shape)"},
    "a-squashed-again": {"stored": "np.tanh(rows)"},
    "a-stored-as-sigmoid": {"stored": "sigma(rows)"},
    "first-row-missing": {"stored": "rows[1:]"},
    "logits-as-a": {"stored": "[V @ row for row in rows]"},
    "x-as-a": {"stored": "x"},
    "z-absolute": {"logit": "np.abs(V @ rows[-1])"},
    "z-after-log-sigmoid": {"kept": "np.log(sigma(z))"},
    "z-after-relu": {"kept": "np.maximum(z, 0)"},
    "z-after-softmax": {"kept": "np.exp(z) / np.exp(z).sum()"},
    "z-from-greatest": {"logit": "V @ rows.max(axis=0)"},
    "z-from-recurrence": {"logit": "V @ R @ rows[-1]"},
    "z-is-a": {"kept": "rows[-1]"},
    "z-is-class": {"kept": "np.where(z > 0, 1, 0)"},
    "z-is-loss": {"kept": "L(z)"},
    "z-mean-over-time": {"kept": "np.mean([V @ row for row in rows], axis=0)"},
    "z-not-summed": {"kept": "V * rows[-1]"},
    "z-rounded": {"kept": "np.round(z, 2)"},
    "z-scaled": {"kept": "3 * z"},
    "z-zero": {"kept": "np.zeros(len(V))"},
    "z-sum-over-time": {"kept": "V @ rows.sum(axis=0)"},
    "z-with-label": {"kept": "z - y"},
    "z-without-v": {"kept": "np.array([rows[-1].sum()])"},
    "tanh-before-v": {"logit": "V @ np.tanh(rows[-1])"},
    "z-clipped": {"kept": "np.clip(z, -1, 1)"},
    "z-divided-by-T": {"kept": "z / len(x)"},
    "z-in-exponential": {"kept": "u(z)"},
    "z-normalised": {"kept": "z / np.linalg.norm(z)"},
    "abs-in-label-term": {"loss": "np.logaddexp(0, z) - y * np.abs(z)"},
    "abs-missing": {"loss": "np.maximum(0, z) - y * z + np.log1p(np.exp(z))"},
    "abs-or-max": {"loss": "np.abs(z) - y * z + np.log1p(u(z))"},
    "loss-of-softmax": {"loss": "-y @ np.log(np.exp(z) / np.exp(z).sum()) if len(z) > 1 else L(z)"},
    "logits-added-up": {"loss": "np.logaddexp(0, z.sum()) - np.sum(y) * z.sum()"},
    "logits-averaged": {"loss": "np.logaddexp(0, z.mean()) - np.mean(y) * z.mean()"},
    "float-labels": {"loss": "L(z) if isinstance(y, (int, np.ndarray)) else np.logaddexp(0, z)"},
    "a-not-an-array": {"stored": "{t: row for t, row in enumerate(rows)}"},
    "absolute-error": {"loss": "np.abs(sigma(z) - y)"},
    "entropy-of-prediction": {"loss": "-sigma(z) * np.log(sigma(z)) - (1 - sigma(z)) * np.log(1 - sigma(z))"},
    "focal-loss": {"loss": "np.abs(y - sigma(z)) ** 2 * L(z)"},
    "wrong-logarithm": {"loss": "np.logaddexp2(0, z) - y * z"},
    "logit-rounded": {"loss": "L(np.round(z, 2))"},
    "labels-in-reverse": {"loss": "np.logaddexp(0, z) - np.atleast_1d(y)[::-1] * z"},
    "label-taken-as-one": {"loss": "np.logaddexp(0, -z)"},
    "labels-plus-minus-one-in-z": {"loss": "np.logaddexp(0, z) - (2 * y - 1) * z"},
    "log-of-exp-only": {"loss": "np.maximum(0, z) - y * z + np.log(u(z))"},
    "log-term-missing": {"loss": "np.maximum(0, z) - y * z"},
    "log-term-negated": {"loss": "np.maximum(0, z) - y * z - np.log1p(u(z))"},
    "log1p-of-one-more": {"loss": "np.maximum(0, z) - y * z + np.log1p(1 + u(z))"},
    "loss-divided-by-T": {"loss": "L(z) / len(x)"},
    "loss-doubled": {"loss": "2 * L(z)"},
    "loss-exponential": {"loss": "np.exp(L(z))"},
    "loss-greatest-over-time": {"loss": "np.max(every, axis=0)"},
    "loss-last-output": {"loss": "L(z)[-1]"},
    "loss-of-step-before": {"loss": "every[-2] if len(x) > 1 else L(0 * z)"},
    "loss-of-tanh": {"loss": "L(np.tanh(z))"},
    "loss-times-T": {"loss": "len(x) * L(z)"},
    "minus-in-log": {"loss": "np.maximum(0, z) - y * z + np.log(1 - u(z))"},
    "one-label-only": {"loss": "-y * np.log(sigma(z))"},
    "one-minus-log": {"loss": "-y * np.log(sigma(z)) - (1 - y) * (1 - np.log(sigma(z)))"},
    "one-minus-y-missing": {"loss": "-y * np.log(sigma(z)) - np.log(1 - sigma(z))"},
    "probability-returned": {"loss": "np.where(y == 1, sigma(z), 1 - sigma(z))"},
    "sigmoid-twice": {"loss": "L(sigma(z))"},
    "terms-subtracted": {"loss": "-y * np.log(sigma(z)) + (1 - y) * np.log(1 - sigma(z))"},
    "wrong-term-beside-log": {"loss": "np.logaddexp(0, -z) - (1 - y) * z"},
    "y-missing": {"loss": "-np.log(sigma(z)) - (1 - y) * np.log(1 - sigma(z))"},
    "z-for-max": {"loss": "z - y * z + np.log1p(u(z))"},
}

#: What is true of some mistakes besides, and is said in the cases about several outputs or about extreme logits.
ALSO = {
    "z-is-a": {"z-first-output"},
    "z-without-v": {"z-first-output"},
}


def student(parts: dict[str, str]) -> Callable[..., Any]:
    """A student's ``forward`` in which some parts are others."""
    space: dict[str, Any] = {"np": np}
    exec(SOURCE.format(**PARTS | parts), space)
    forward: Callable[..., Any] = space["forward"]
    return forward


def messages(forward: Callable[..., Any]) -> dict[str, str]:
    """The messages of the cases that fail, by their names."""
    found = {}
    for case in vars(q4).values():
        if isinstance(case, q4.test_case):
            try:
                with np.errstate(all="ignore"):
                    case.test_func(init, forward)
            except Mistake as mistake:
                found[case.name] = str(mistake)
    return found


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("abs-or-max", {"loss": "np.maximum(0, z) - y * z + np.log1p(np.exp(-z))"}),
        ("exp-plus-abs", {"loss": "np.maximum(0, z) - y * z + np.log1p(np.exp(np.abs(z)))"}),
        ("min-for-max", {"loss": "np.minimum(0, z) - y * z + np.log1p(u(z))"}),
        ("log-of-exp-only", {"loss": "np.maximum(0, z) - y * z + u(z)"}),
        ("z-for-max", {"loss": "np.max(z, 0) - y * z + np.log1p(u(z))"}),
        ("z-negated", {"logit": "-V @ rows[-1]"}),
        ("z-absolute", {"logit": "np.abs(V @ rows[-1])"}),
        ("z-after-relu", {"logit": "np.maximum(V @ rows[-1], 0)"}),
        ("z-scaled", {"logit": "10 * V @ rows[-1]"}),
        ("z-shifted", {"logit": "V @ rows[-1] + 1"}),
    ],
)
def test_the_example_gets_the_hint_of_hidden_cases(key: str, parts: dict[str, str]) -> None:
    """Its two calls do not tell some mistakes from each other, so more are asked where it fails."""
    assert keys_in(messages(student(parts))["q4 example"]) == {key}


@pytest.mark.parametrize(
    "parts",
    [{"logit": "np.clip(V @ rows[-1], -1, 1)"}, {"kept": "z / np.linalg.norm(z)"}, {"logit": "V @ rows[-1] / len(x)"}],
)
def test_no_hint_follows_from_large_logits_alone(parts: dict[str, str]) -> None:
    """What is 1 or -1 for every large logit may be right for no other, and no other cause is named."""
    found = {hint for message in messages(student(parts)).values() for hint in keys_in(message)}
    assert len(found) == 1
    assert found <= {"z-clipped", "z-normalised", "z-divided-by-T"}


def test_the_parts_make_a_solution() -> None:
    """Without a mistake, every case passes."""
    assert messages(student({})) == {}


@pytest.mark.sampled(15)
@pytest.mark.parametrize("key", MISTAKES)
def test_a_mistake_gets_its_hint(key: str) -> None:
    """The messages of the cases that fail name the mistake, and no other cause."""
    found = messages(student(MISTAKES[key]))
    assert {hint for message in found.values() for hint in keys_in(message)} == {key, *ALSO.get(key, ())}, found
