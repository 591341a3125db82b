# title: the sum for a logit is not set back to 0 for the next output
# loses: q4
# cases: q4 several outputs
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, I, K = len(x), len(model.R), len(model.V)
    a = np.zeros((T + 1, I))
    for t in range(T):
        a[t + 1] = np.tanh(model.W.dot(x[t]) + model.R.dot(a[t]))
    model.a = a[1:]
    z, total = np.zeros(K), 0.0
    for k in range(K):
        for i in range(I):
            total += model.V[k, i] * a[T, i]
        z[k] = total
    model.z = z
    return np.logaddexp(0, z) - y * z
