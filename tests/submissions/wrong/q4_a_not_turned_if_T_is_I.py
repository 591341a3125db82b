# title: activations are transposed only if their shape does not fit, which it does where T is I
# loses: q4
# cases: q4 activations
# full: q3, q5
# fill: init, graph
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    A, h = np.zeros((I, T)), np.zeros(I)
    for t in range(T):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        A[:, t] = h
    model.a = A if A.shape == (T, I) else A.T
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
