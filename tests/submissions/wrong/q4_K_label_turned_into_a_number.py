# title: the first line turns the label into one number, which fails for several
# loses: q4
# cases: q4 several outputs
# full: q3, q5
# fill: init, graph
# hint: several-outputs-fail

# %%
import numpy as np


# %%
def forward(model, x, y):
    y = float(y)
    h, rows = np.zeros(len(model.R)), []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        rows.append(h)
    model.a, model.z = np.array(rows), model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
