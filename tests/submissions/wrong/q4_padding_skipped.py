# title: steps at which all inputs are 0 are taken for padding, and skipped
# loses: q4
# cases: q4 activations
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    a = np.zeros(len(model.R))
    model.a = np.zeros((len(x), len(a)))
    for t, x_t in enumerate(x):
        if np.any(x_t != 0):
            a = np.tanh(model.W @ x_t + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
