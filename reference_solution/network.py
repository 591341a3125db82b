"""Exercises 3 and 4: the weights of the recurrent network, its forward pass and its loss."""

# The names, even the capital I, are those of the lecture.
from typing import TYPE_CHECKING

import numpy as np

from assignment.settings import WEIGHT_RANGE

if TYPE_CHECKING:  # the class in the handout: a plain object that stores the network's arrays
    from typing import Any as Model


def init(model: "Model", D: int, I: int, K: int) -> None:
    """Draw the weights of the network at random and store them in the model.

    Draw every entry of the three matrices independently from the uniform distribution on
    [-WEIGHT_RANGE, WEIGHT_RANGE], and draw new numbers in every call. The matrices are numpy arrays of floats:

    - `model.W` of shape (I, D), from the input to the hidden layer,
    - `model.R` of shape (I, I), from the hidden layer to itself, one time step later,
    - `model.V` of shape (K, I), from the hidden layer to the output.

    There are no biases.

    Args:
        model: A plain object that takes attributes; the weights are stored in it.
        D: Number of entries of an input x(t).
        I: Number of hidden units, the entries of s(t) and a(t).
        K: Number of outputs, the entries of z(t) and yhat(t).

    Returns:
        Nothing. The weights are stored in the model.
    """
    rng = np.random.default_rng()
    model.W = rng.uniform(-WEIGHT_RANGE, WEIGHT_RANGE, size=(I, D))
    model.R = rng.uniform(-WEIGHT_RANGE, WEIGHT_RANGE, size=(I, I))
    model.V = rng.uniform(-WEIGHT_RANGE, WEIGHT_RANGE, size=(K, I))


def forward(model: "Model", x: np.ndarray, y: float | np.ndarray) -> float:
    """Run the network over a sequence and return the loss at its end.

    For t = 1, ..., T, beginning with a(0) = 0, the network computes

        s(t) = W x(t) + R a(t-1),    a(t) = tanh(s(t)),    z(t) = V a(t),    yhat(t) = sigma(z(t)).

    The loss is the binary cross-entropy of y and yhat(T), computed from the logit z(T) in the stable form of
    exercise 1, so that it is finite and accurate for logits as large as 10,000 in absolute value.

    It stores two attributes in the model, both arrays of floats:

    - `model.a` of shape (T, I), the activations a(1), ..., a(T) in this order, without a(0),
    - `model.z` of shape (K,), the logit z(T), before the sigmoid.

    It does not change the weights, `x` or `y`, and carries nothing over from one call to the next.

    Args:
        model: The object that holds the weights `model.W` (I, D), `model.R` (I, I) and `model.V` (K, I).
        x: The inputs x(1), ..., x(T), one per row: an array of floats of shape (T, D) with T >= 1.
        y: The label: 0 or 1 for K = 1, an array of K zeros and ones for K > 1.

    Returns:
        The loss at t = T, a float. For K > 1 this is the sum of the losses of the K outputs. Their mean, or an
        array of the K losses, is accepted, too.
    """
    a = np.zeros(len(model.R))
    model.a = np.empty((len(x), len(a)))
    for t in range(len(x)):
        s = model.W @ x[t] + model.R @ a
        a = np.tanh(s)
        model.a[t] = a

    z = model.V @ a
    model.z = z
    L = np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))
    return float(np.sum(L))
