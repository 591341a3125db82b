# title: only the first logit is stored, but the loss is right
# loses: q4
# cases: q4 several outputs
# hint: z-first-output
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
    z = model.V @ a
    model.z = z[:1]
    return np.logaddexp(0, z) - y * z
