# title: after the loss, forward makes a gradient step and so changes V
# loses: q4
# cases: q4 no side effects
# hint: weights-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    loss = np.logaddexp(0, model.z) - y * model.z
    # exercise 2: dL/dz = sigma(z) - y, use it for learning
    model.V -= 0.1 * np.outer(expit(model.z) - y, h)
    return loss
