# title: the logit is stored as model.Z
# loses: q4
# cases: q4 what is stored, q4 logit
# hint: stored-under-other-name
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
    model.Z = model.V @ a
    return np.logaddexp(0, model.Z) - y * model.Z
