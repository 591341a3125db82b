# title: model.a has T + 1 rows, the first is a(0)
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: a0-kept
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    model.a = np.zeros((T + 1, model.R.shape[0]))    # a(0) = 0
    for t in range(1, T + 1):
        model.a[t] = np.tanh(model.W @ x[t - 1] + model.R @ model.a[t - 1])
    model.z = model.V @ model.a[T]
    return np.logaddexp(0, model.z) - y * model.z
