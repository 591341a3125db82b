# title: the recursion starts from a(0) = 1
# loses: q4
# cases: q4 example, q4 activations
# hint: starts-from-ones
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.ones(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
