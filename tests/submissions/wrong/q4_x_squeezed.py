# title: np.squeeze(x) drops the axis of length 1: fails for T = 1 and D = 1
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: x-squeezed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    x = np.squeeze(x)
    a = np.zeros(model.R.shape[0])
    A = []
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
