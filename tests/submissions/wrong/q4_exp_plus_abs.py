# title: sign lost in the exponent: e^|z| for e^-|z|
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: exp-plus-abs
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    a = np.zeros((T + 1, model.R.shape[0]))
    for t in range(T):
        a[t + 1] = np.tanh(model.W @ x[t] + model.R @ a[t])
    z = model.V @ a[T]
    model.a = a[1:]
    model.z = z
    return np.maximum(0, z) - y * z + np.log(1 + np.exp(np.abs(z)))
