# title: the state is set to zero every 512 steps, as for truncated backpropagation
# loses: q4
# cases: q4 long sequences
# hint: state-reset
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
BLOCK = 512


def forward(model, x, y):
    rows = []
    for start in range(0, len(x), BLOCK):
        h = np.zeros(len(model.R))
        for x_t in x[start : start + BLOCK]:
            h = np.tanh(model.W @ x_t + model.R @ h)
            rows.append(h)
    model.a = np.array(rows)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
