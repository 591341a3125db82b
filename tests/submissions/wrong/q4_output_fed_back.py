# title: the prediction of the step before is fed back into the state
# loses: q4
# cases: q4 example, q4 activations
# hint: output-fed-back
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    yhat = np.zeros(model.V.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h + model.V.T @ yhat)
        z = model.V @ h
        yhat = expit(z)
        hs.append(h)
    model.a = np.array(hs)
    model.z = z
    return np.logaddexp(0, z) - y * z
