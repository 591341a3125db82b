# title: the label is smoothed to 0.05 and 0.95
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 loss, q4 stability at one extreme logit, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: label-smoothed

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
    y = 0.9 * np.asarray(y) + 0.05
    return np.sum(np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z))))
