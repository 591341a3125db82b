# title: the logit is stored as zeros
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 logit, q4 stability at one extreme logit, q4 numerical stability
# hint: z-zero

# %%
import numpy as np


def forward(model, x, y):
    T, I = len(x), len(model.R)
    A = []; a = np.zeros(I); z = np.zeros(model.V.shape[0])
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a); A.append(a)
        zt = model.V @ a
    model.a = np.array(A)
    model.z = z
    return np.sum(np.logaddexp(0, z) - y * z)
