# title: an array with the losses of all T steps returned
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: loss-of-all-steps
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros((len(x), model.R.shape[0]))
    h = np.zeros(model.R.shape[0])
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        a[t] = h
    Z = a @ model.V.T          # (T, K)
    model.a = a
    model.z = Z[-1]
    return np.logaddexp(0, Z) - y * Z
