# title: the list model.a begins with a(0)
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 what is stored, q4 activations
# hint: a0-kept

# %%
import numpy as np


# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = [a]
    for row in x:
        a = np.tanh(model.W @ row + model.R @ a)
        model.a.append(a)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
