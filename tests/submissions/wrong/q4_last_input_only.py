# title: x[-1] in every step
# loses: q4
# cases: q4 example, q4 activations
# hint: last-input-only
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = len(x)
    a = np.zeros((T, model.R.shape[0]))
    for t in range(T):
        prev = a[t - 1] if t else 0 * a[0]
        a[t] = np.tanh(model.W @ x[-1] + model.R @ prev)
    model.a = a
    model.z = model.V @ a[-1]
    return np.logaddexp(0, model.z) - y * model.z
