# title: the model's class is made from SimpleNamespace, and has a method
# loses: nothing
# fill: init, graph

# %%
import numpy as np


# %%
from types import SimpleNamespace


class Model(SimpleNamespace):
    def run(self, x):
        rows = [np.tanh(self.W @ x[0])]
        for x_t in x[1:]:
            rows.append(np.tanh(self.W @ x_t + self.R @ rows[-1]))
        return np.array(rows)


# %%
def forward(model, x, y):
    model.a = model.run(x)
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z
