# title: x(t-1) instead of x(t), with zeros at the first step
# loses: q4
# cases: q4 example, q4 activations
# hint: input-late
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    x_before = np.zeros(x.shape[1])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_before + model.R @ a)
        A.append(a)
        x_before = x_t
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
