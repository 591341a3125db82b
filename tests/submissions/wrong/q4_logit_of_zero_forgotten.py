# title: the loss has a branch for positive logits and one for negative ones, and none for 0
# loses: q4
# cases: q4 loss
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
        a = model.a[t] = np.tanh(model.W @ x_t + model.R @ a)
    model.z = z = model.V @ a
    loss = np.zeros_like(z)
    loss[z > 0] = (z - y * z + np.log1p(np.exp(-np.abs(z))))[z > 0]
    loss[z < 0] = (-y * z + np.log1p(np.exp(-np.abs(z))))[z < 0]
    return loss.sum()
