# title: x -= mean: the data of the caller are changed (and so is the result)
# loses: q4
# cases: q4 example, q4 activations, q4 no side effects
# hint: inputs-scaled, x-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    x -= x.mean(axis=0)
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
