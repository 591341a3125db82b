# title: the first step is written out, and the logit is computed from the second step on
# loses: q4
# cases: q4 logit
# full: q3, q5
# fill: init, graph
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    h = np.tanh(model.W @ x[0])
    rows = [h]
    z = np.zeros(len(model.V))
    for t in range(1, len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        rows.append(h)
        z = model.V @ h
    model.a, model.z = np.array(rows), z
    return np.logaddexp(0, z) - y * z
