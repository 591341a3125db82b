# title: the first two steps are written out, so T = 1 is an IndexError
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: one-step-fails
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    W, R, V = model.W, model.R, model.V
    a1 = np.tanh(W @ x[0])              # a(0) = 0
    a2 = np.tanh(W @ x[1] + R @ a1)
    a = [a1, a2]
    for t in range(2, x.shape[0]):
        a.append(np.tanh(W @ x[t] + R @ a[t - 1]))
    model.a = np.array(a)
    model.z = V @ a[-1]
    return np.logaddexp(0, model.z) - y * model.z
