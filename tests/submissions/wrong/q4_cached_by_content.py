# title: results are remembered by x and y, whatever the weights
# loses: q4
# cases: q4 numerical stability, q4 no side effects
# hint: results-kept
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


known = {}


def forward(model, x, y):
    key = x.tobytes(), np.sum(y)
    if key in known:
        model.a, model.z, loss = known[key]
        return loss
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    known[key] = model.a, model.z, np.logaddexp(0, model.z) - y * model.z
    return known[key][2]
