# title: only the last thousand steps of a sequence are used
# loses: q4
# cases: q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    x = x[-1000:]
    a = np.empty((len(x), len(model.R)))
    before = np.zeros(len(model.R))
    for t, x_t in enumerate(x):
        before = a[t] = np.tanh(model.W @ x_t + model.R @ before)
    model.a = a
    model.z = model.V @ before
    return np.logaddexp(0, model.z) - y * model.z
