# title: every entry of model.a is the same array, overwritten in place
# loses: q4
# cases: q4 activations
# hint: a-same-array
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    model.a = []
    for t in range(x.shape[0]):
        h[:] = np.tanh(model.W @ x[t] + model.R @ h)
        model.a.append(h)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
