# title: room for 100 time steps only
# loses: q4
# cases: q4 activations, q4 long sequences
# hint: long-fails
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

MAX_STEPS = 100

# %%
def forward(model, x, y):
    a = np.zeros((MAX_STEPS, model.R.shape[0]))
    for t in range(len(x)):
        a[t] = np.tanh(model.W @ x[t] + model.R @ a[t - 1])   # a[-1] is still 0 at t = 0
    model.a = a[:len(x)]
    model.z = model.V @ a[len(x) - 1]
    return np.logaddexp(0, model.z) - y * model.z
