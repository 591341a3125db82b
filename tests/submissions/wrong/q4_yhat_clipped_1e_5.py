# title: the prediction is clipped to [1e-5, 1 - 1e-5]
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: prediction-clipped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    p = np.clip(1 / (1 + np.exp(-model.z)), 1e-5, 1 - 1e-5)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
