# title: the plain cross-entropy, replaced only where the prediction is 0 or 1
# loses: q4
# cases: q4 numerical stability
# hint: digits-lost
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a, acts = np.zeros(len(model.R)), []
    for step in x:
        a = np.tanh(model.W @ step + model.R @ a)
        acts.append(a)
    model.a = np.array(acts)
    model.z = z = model.V @ a
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-z))
        plain = -y * np.log(p) - (1 - y) * np.log(1 - p)
    certain = (p == 0) | (p == 1)
    return np.sum(np.where(certain, np.maximum(0, z) - y * z, plain))
