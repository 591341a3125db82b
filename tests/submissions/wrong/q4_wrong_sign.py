# title: log-likelihood returned: the minus in front of the loss is missing
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: loss-negated
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import log_expit

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    hist = np.zeros((x.shape[0], a.size))
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        hist[t] = a
    model.a = hist
    model.z = model.V @ a
    return y * log_expit(model.z) + (1 - y) * log_expit(-model.z)
