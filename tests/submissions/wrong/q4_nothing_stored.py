# title: nothing is stored on the model, the loss is right
# loses: q4
# cases: q4 what is stored, q4 activations, q4 logit
# hint: not-stored
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
    z = model.V @ a
    return np.logaddexp(0, z) - y * z
