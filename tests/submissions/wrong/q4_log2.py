# title: base-2 logarithm in the loss
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: wrong-logarithm
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
        a[t, :] = h
    model.a = a
    z = model.V @ h
    model.z = z
    # cross-entropy in bits
    return (np.maximum(0, z) - y * z) / np.log(2) + np.log2(1 + np.exp(-np.abs(z)))
