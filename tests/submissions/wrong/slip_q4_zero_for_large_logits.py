# title: a logit above 100 is taken for certain, and the loss for 0
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: zero-when-large

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.a = a[1:]
    z = model.V @ a[T]
    model.z = z
    L = np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))
    return np.sum(np.where(np.abs(z) > 100, 0.0, L))
