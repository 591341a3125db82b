"""The losses and logits of several outputs."""

from dataclasses import replace

import numpy as np
import pytest

from assignment.checks import expectations
from assignment.checks.expectations import Question
from autograder.checking import Mistake
from reference_solution.network import forward as reference
from tests.checks.test_expectations import answered, problem, question

__all__ = ["problem", "question"]


def test_fewer_logits_than_outputs_are_refused(question):
    """With several outputs, one logit is not enough. Logits of all steps, or none, cost other cases."""
    several = Question(replace(question.problem, V=np.ones((3, 4)), y=np.array([0.0, 1.0, 1.0])), reference)
    single = [(question, answered(question.problem, 1.0, None, None))]
    loss = several.right.loss
    for z in (np.ones(3), np.ones((6, 3)), None, "z"):
        expectations.check_outputs([(several, answered(several.problem, loss, None, z))], single)
    for z in (1.0, np.ones(2)):
        with pytest.raises(Mistake, match="fewer entries than there are outputs"):
            expectations.check_outputs([(several, answered(several.problem, loss, None, z))], single)


def test_logits_that_are_wrong_for_several_outputs_only(question):
    """If the logit of one output is right, those of several must be; if it is wrong, that has cost its own case."""
    V = np.random.default_rng(3).normal(size=(3, 4))
    several = Question(replace(question.problem, V=V, y=np.array([0.0, 1.0, 1.0])), reference)
    loss, z, one = several.right.loss, several.right.z, question.right
    right = [(question, answered(question.problem, 1.0, one.a, one.z))] * 2
    wrong = [*right, (question, answered(question.problem, 1.0, one.a, one.z + 1))]
    for own in (z, z[:, None], z[None]):
        expectations.check_outputs([(several, answered(several.problem, loss, None, own))], right)
    for own in (z[::-1], np.cumsum(z), np.outer(z, z), z + 1, None):
        answer = several, answered(several.problem, loss, None, own)
        expectations.check_outputs([answer], wrong)
        with pytest.raises(Mistake, match=r"model\.z"):
            expectations.check_outputs([answer], right)
    a = np.maximum(several.right.a, 0)
    carried = answered(several.problem, loss, a, several.problem.V @ a[-1])
    expectations.check_outputs([(several, carried)], right)
