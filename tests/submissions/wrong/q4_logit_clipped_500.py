# title: the logit is clipped to +-500 so that exp cannot overflow
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: cut-off
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def bce(z, y):
    z = np.clip(z, -500, 500)     # exp overflows otherwise
    return np.log(1 + np.exp(z)) - y * z

# %%
def forward(model, x, y):
    I = model.R.shape[0]
    a = np.zeros((len(x), I))
    prev = np.zeros(I)
    for t in range(len(x)):
        a[t] = np.tanh(model.W @ x[t] + model.R @ prev)
        prev = a[t]
    model.a = a
    model.z = model.V @ a[-1]
    return bce(model.z, y)
