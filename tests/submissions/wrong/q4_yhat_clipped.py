# title: yhat clipped to [1e-7, 1 - 1e-7] before the logarithm, like keras does
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: prediction-clipped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit

# %%
def forward(model, x, y):
    n_steps = x.shape[0]
    n_hidden = model.W.shape[0]
    model.a = np.zeros((n_steps, n_hidden))
    state = np.zeros(n_hidden)
    for t in range(n_steps):
        state = np.tanh(model.W @ x[t] + model.R @ state)
        model.a[t] = state
    model.z = model.V @ state
    yhat = np.clip(expit(model.z), 1e-7, 1 - 1e-7)
    return -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
