# title: no loss is computed at the first step, so it is 0 for a sequence of one step
# loses: q4
# cases: q4 loss
# full: q3, q5
# fill: init, graph
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    h, rows, loss = np.zeros(len(model.R)), [], 0.0
    for t, x_t in enumerate(x):
        h = np.tanh(model.W @ x_t + model.R @ h)
        rows.append(h)
        z = model.V @ h
        if t > 0:
            loss = np.logaddexp(0, z) - y * z
    model.a, model.z = np.array(rows), z
    return loss
