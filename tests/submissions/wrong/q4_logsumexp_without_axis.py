# title: logsumexp over 0 and all logits, without an axis
# loses: q4
# cases: q4 several outputs
# hint: one-logarithm-for-all
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import logsumexp

# %%
def forward(model, x, y):
    h, hs = np.zeros(model.R.shape[0]), []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.sum(logsumexp([np.zeros_like(model.z), model.z]) - y * model.z)
