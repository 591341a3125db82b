# title: model.z is sigma(z)
# loses: q4
# cases: q4 logit
# hint: z-after-sigmoid
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np
from scipy.special import expit as sigma

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    logit = model.V @ a
    model.z = sigma(logit)      # output of the network
    return np.logaddexp(0, logit) - y * logit
