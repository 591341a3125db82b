# title: y is subtracted instead of y z
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: minus-y
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
    z = model.z
    return np.sum(np.maximum(0, z) - y + np.log1p(np.exp(-np.abs(z))))
