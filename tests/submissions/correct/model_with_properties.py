# title: the model's class has a base of Python's own, properties, slots, and a rule for what is missing
# loses: nothing
# fill: graph

# %%
import numpy as np


# %%
from abc import ABC
from typing import Generic, TypeVar

T = TypeVar("T")


class Model(ABC, Generic[T]):
    __slots__ = ("R", "__dict__")

    @property
    def hidden(self):
        return len(self.R)

    @property
    def V(self):
        return self._V

    @V.setter
    def V(self, value):
        self._V = np.asarray(value)

    @property
    def z(self):
        return self.V @ self.a[-1]

    def __getattr__(self, name):
        if name == "limit":
            return 0.01
        raise AttributeError(name)

    def step(self, x_t, before):
        return np.tanh(self.W @ x_t + self.R @ before)


# %%
def init(model, D, I, K):
    assert isinstance(model, Model)
    for name, shape in {"W": (I, D), "R": (I, I), "V": (K, I)}.items():
        setattr(model, name, np.random.uniform(-model.limit, model.limit, shape))


# %%
def forward(model, x, y):
    assert isinstance(model, Model)
    rows = [np.zeros(model.hidden)]
    for x_t in x:
        rows.append(model.step(x_t, rows[-1]))
    model.a = np.array(rows[1:])
    return np.logaddexp(0, model.z) - y * model.z
