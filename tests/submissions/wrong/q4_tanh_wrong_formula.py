# title: tanh written by hand with 1 - e^-s in place of 1 - e^(-2s)
# loses: q4
# cases: q4 example, q4 activations
# hint: tanh-formula
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def tanh(s):
    return (1 - np.exp(-s)) / (1 + np.exp(-s))

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
