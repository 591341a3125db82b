# title: z stays a local variable
# loses: q4
# cases: q4 what is stored, q4 logit
# hint: not-stored
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    model.a = np.empty((len(x), len(h)))
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        model.a[t] = h
    z = model.V @ h
    return np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))
