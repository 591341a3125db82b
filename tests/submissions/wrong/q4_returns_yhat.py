# title: the prediction is returned instead of the loss
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: prediction-returned
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(h)))
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        model.a[t] = h
    model.z = model.V @ h
    model.loss = np.logaddexp(0, model.z) - y * model.z
    return expit(model.z)
