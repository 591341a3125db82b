# title: only a(T) is stored
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: a-last-only
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    model.a = np.zeros(model.R.shape[0])
    for x_t in x:
        model.a = np.tanh(model.W @ x_t + model.R @ model.a)
    model.z = model.V @ model.a
    return np.logaddexp(0, model.z) - y * model.z
