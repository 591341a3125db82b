# title: log sigma(z) by cases, with the two cases exchanged: right for moderate z, inf beyond
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: exp-both-overflow
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def log_sigmoid(z):
    # case distinction against overflow
    return np.where(z < 0, -np.log1p(np.exp(-z)), z - np.log1p(np.exp(z)))

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[1])
    H = []
    for t, xt in enumerate(x):
        h = np.tanh(model.W @ xt + model.R @ h)
        H.append(h)
    model.a = np.array(H)
    model.z = model.V @ h
    return -y * log_sigmoid(model.z) - (1 - y) * log_sigmoid(-model.z)
