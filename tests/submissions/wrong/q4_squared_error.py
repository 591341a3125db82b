# title: squared error of the prediction instead of the cross-entropy
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: squared-error
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    states = []
    for t in range(x.shape[0]):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        states.append(h)
    model.a = np.array(states)
    model.z = model.V @ h
    yhat = expit(model.z)
    loss = (yhat - y) ** 2
    return loss
