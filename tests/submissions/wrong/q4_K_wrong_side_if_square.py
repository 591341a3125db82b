# title: V is on the wrong side of the product where K is I, since it fits there
# loses: q4
# cases: q4 several outputs
# full: q3, q5
# fill: init, graph
# hint: none

# %%
import numpy as np


# %%
def forward(model, x, y):
    h, rows = np.zeros(len(model.R)), []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        rows.append(h)
    model.a = np.array(rows)
    try:
        model.z = h @ model.V
    except ValueError:
        model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
