# title: mean of the losses of all time steps instead of the last one
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: loss-mean-over-time
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def L(z, y):
    return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    a, losses = [], []
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        z = model.V @ h
        a.append(h)
        losses.append(L(z, y))
    model.a = np.array(a)
    model.z = z
    return np.mean(losses, axis=0)
