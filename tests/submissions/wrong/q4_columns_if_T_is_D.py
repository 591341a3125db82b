# title: whether x holds a step in each row or column is told from its size, which is wrong where T is D
# loses: q4
# cases: q4 activations
# full: q3, q5
# fill: init, graph
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    columns = x if x.shape[0] == model.W.shape[1] else x.T
    h, rows = np.zeros(len(model.R)), []
    for t in range(columns.shape[1]):
        h = np.tanh(model.W @ columns[:, t] + model.R @ h)
        rows.append(h)
    model.a, model.z = np.array(rows), model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
