# title: tanh by hand calls the recursion twice per step: 2^T calls
# loses: q4
# cases: q4 activations, q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook
# waits: sandbox

# %%
import numpy as np

# %%
def forward(model, x, y):
    def s(t):
        return model.W @ x[t - 1] + model.R @ a(t - 1)

    def a(t):
        if t == 0:
            return np.zeros(model.R.shape[0])
        return np.sinh(s(t)) / np.cosh(s(t))

    T = len(x)
    model.a = np.array([a(t) for t in range(1, T + 1)])
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z
