# title: the functions check that the model is of the class Model, and call one of its methods
# loses: nothing
# form: notebook
# fill: graph

# %%
import numpy as np
import networkx as nx
import matplotlib.pyplot as plt


class Model:
    """Holds the weights, and what forward stores."""

    a: np.ndarray
    z: np.ndarray

    def __init__(self, name):
        self.name = name

    def step(self, x, before):
        return np.tanh(self.W @ x + self.R @ before)


# %%
def init(model, D, I, K):
    if not isinstance(model, Model):
        raise TypeError("no Model")
    for name, shape in {"W": (I, D), "R": (I, I), "V": (K, I)}.items():
        setattr(model, name, np.random.uniform(-0.01, 0.01, shape))


# %%
def forward(model, x, y):
    assert isinstance(model, Model)
    states = [np.zeros(len(model.R))]
    for row in x:
        states.append(model.step(row, states[-1]))
    model.a = np.array(states[1:])
    model.z = model.V @ states[-1]
    return np.sum(np.logaddexp(0, model.z) - np.asarray(y) * model.z)
