# title: the loop begins at index 1, x(1) is never used
# loses: q4
# cases: q4 example, q4 activations
# hint: first-step-skipped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    a = np.zeros((T, model.R.shape[0]))
    for t in range(1, T):
        a[t] = np.tanh(model.W @ x[t] + model.R @ a[t - 1])
    model.a = a
    model.z = model.V @ a[-1]
    return np.logaddexp(0, model.z) - y * model.z
