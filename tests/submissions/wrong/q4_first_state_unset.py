# title: the state before the first step is never set
# loses: q4
# cases: q4 example, q4 activations
# hint: starts-unset
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    T, I = len(x), len(model.R)
    model.a = np.empty((T, I))
    a = np.empty(I)
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = z = model.V @ a
    return np.sum(np.logaddexp(0, z) - y * z)
