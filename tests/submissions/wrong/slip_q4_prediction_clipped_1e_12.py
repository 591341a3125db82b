# title: yhat is kept 1e-12 away from 0 and 1 before the logarithms
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: prediction-clipped

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
    yhat = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
    yhat = np.clip(yhat, 1e-12, 1 - 1e-12)
    return np.sum(-y * np.log(yhat) - (1 - y) * np.log(1 - yhat))
