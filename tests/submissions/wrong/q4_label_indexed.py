# title: y[0] is used, but for one output y is a number
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: label-indexed one-label-for-all
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(len(model.R))
    rows = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        rows.append(a)
    model.a, model.z = np.array(rows), model.V @ a
    return np.logaddexp(0, model.z) - y[0] * model.z
