# title: a helper is used above its definition in the same cell, and forward needs the helper
# loses: nothing
# fill: init, graph
# form: notebook

# %%
import numpy as np

print(softplus_loss(0.0, 1))      # should be log 2

def softplus_loss(z, y):
    return np.logaddexp(0, z) - y * z

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.sum(softplus_loss(model.z, y))
