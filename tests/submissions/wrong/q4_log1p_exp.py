# title: log1p(exp(z)) taken for the stable form
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: exp-overflow
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %% [markdown]
# From exercise 1: L = log(1 + e^z) - y z. I use `log1p` because it is the numerically stable version of log(1 + ...).

# %%
def forward(model, x, y):
    W, R, V = model.W, model.R, model.V
    a = np.zeros(R.shape[0])
    activations = []
    for t in range(x.shape[0]):
        a = np.tanh(W @ x[t] + R @ a)
        activations.append(a)
    model.a = np.array(activations)
    model.z = V @ a
    return np.log1p(np.exp(model.z)) - y * model.z
