# title: a copy of x is standardised before use
# loses: q4
# cases: q4 example, q4 activations
# hint: inputs-scaled
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    x = (x - x.mean()) / (x.std() + 1e-8)     # always normalise the inputs
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
