# title: loss computed from z(1) instead of z(T)
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: loss-of-first-step
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    acts, z = [], []
    for t in range(x.shape[0]):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        acts.append(h)
        z.append(model.V @ h)
    model.a = np.array(acts)
    model.z = z[-1]
    return np.maximum(0, z[0]) - y * z[0] + np.log1p(np.exp(-np.abs(z[0])))
