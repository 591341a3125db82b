# title: sequences of more than 1000 steps are refused
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 long sequences
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    if T > 1000:
        raise ValueError("too long")
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.a = a[1:]
    z = model.V @ a[T]
    model.z = z
    return np.sum(np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z))))
