# title: + y z instead of - y z in the loss
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: plus-y-z
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h, hs = np.zeros(model.R.shape[0]), []
    for t in range(x.shape[0]):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        hs += [h]
    model.a = np.array(hs)
    z = model.z = model.V @ h
    L = np.maximum(0, z) + y * z + np.log(1 + np.exp(-np.abs(z)))
    return L.mean()
