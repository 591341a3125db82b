# title: the activations are computed and not stored, and the logit comes from zeros
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 activations, q4 stability at one extreme logit, q4 numerical stability
# hint: a-all-zero

# %%
import numpy as np


def forward(model, x, y):
    T, I = len(x), len(model.R)
    model.a = np.zeros((T, I))
    a = np.zeros(I)
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
    model.z = z = model.V @ model.a[-1]
    return np.sum(np.logaddexp(0, z) - y * z)
