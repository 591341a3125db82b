# title: the sigmoid is written without overflow, but its log is still log 0
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit   # stable sigmoid!

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W.dot(x_t) + model.R.dot(h))
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V.dot(h)
    # p = probability of the correct label
    p = np.where(np.asarray(y) == 1, expit(model.z), expit(-model.z))
    return np.sum(-np.log(p))
