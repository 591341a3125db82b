# title: the cell of forward imports torch, which is not installed and not used
# loses: nothing
# fill: init, graph
# form: notebook

# %%
import numpy as np
import torch

def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)

# %%
print("torch is not used yet, maybe for the bonus")
