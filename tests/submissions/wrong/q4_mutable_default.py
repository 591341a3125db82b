# title: activations gathered in a mutable default argument, which grows with every call
# loses: q4
# cases: q4 what is stored, q4 activations, q4 no side effects
# hint: a-grows
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y, a=[]):
    h = np.zeros(model.R.shape[0])
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        a.append(h)
    model.a = a
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
