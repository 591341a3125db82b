# title: loss cut off at 100, as the torch documentation says of BCELoss
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: cut-off
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    model.a = []
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        model.a.append(h)
    model.a = np.array(model.a)
    z = model.V @ h
    model.z = z
    loss = np.maximum(0, z) - y * z + np.log(1 + np.exp(-np.abs(z)))
    loss = np.minimum(loss, 100)    # same as in pytorch
    return loss.sum()
