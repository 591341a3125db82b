# title: off by one: R a(t-2) in the recursion
# loses: q4
# cases: q4 example, q4 activations
# hint: lag-two
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    I = model.R.shape[0]
    a = np.zeros((T + 2, I))
    for t in range(T):
        # two rows of zeros in front, so that the index does not get negative
        a[t + 2] = np.tanh(model.W @ x[t] + model.R @ a[t])
    model.a = a[2:]
    model.z = model.V @ a[-1]
    return np.logaddexp(0, model.z) - y * model.z
