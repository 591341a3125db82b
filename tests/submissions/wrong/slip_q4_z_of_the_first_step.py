# title: model.z is z(1), the loss is that of z(T)
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 logit
# hint: z-of-first-step

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
    model.z = model.V @ a[1]
    return np.sum(np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z))))
