# title: tanh is forgotten: a(t) = s(t)
# loses: q4
# cases: q4 example, q4 activations
# hint: no-tanh
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = model.W @ x_t + model.R @ a
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
