# title: model.a is a dictionary with the time step as key
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: a-not-an-array
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    a = {0: np.zeros(model.R.shape[0])}
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.z = model.V @ a[T]
    del a[0]
    model.a = a         # model.a[t] = a(t) for t = 1..T
    return np.logaddexp(0, model.z) - y * model.z
