# title: item() makes one number of the loss, which fails for several outputs
# loses: q4
# cases: q4 several outputs
# hint: one-output-only
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(len(model.R))
    rows = []
    for step in x:
        a = np.tanh(model.W @ step + model.R @ a)
        rows.append(a)
    model.a = np.array(rows)
    model.z = z = model.V @ a
    return (np.logaddexp(0, z) - y * z).item()
