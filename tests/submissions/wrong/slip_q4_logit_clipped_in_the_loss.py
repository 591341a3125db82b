# title: the loss is that of the logit clipped to [-30, 30]; model.z is right
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: cut-off

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
    c = np.clip(z, -30, 30)
    return np.sum(np.maximum(0, c) - y * c + np.log1p(np.exp(-np.abs(c))))
