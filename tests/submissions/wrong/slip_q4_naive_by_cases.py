# title: minus log of the sigmoid, by cases of y, without a stable form
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: log-of-prediction

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
    p = 1 / (1 + np.exp(-z))
    return np.sum(np.where(y == 1, -np.log(p), -np.log(1 - p)))
