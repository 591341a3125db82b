# title: model.a holds s(t), before the tanh
# loses: q4
# cases: q4 activations
# hint: s-stored
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    stored = []
    for t in range(x.shape[0]):
        s = model.W @ x[t] + model.R @ a
        stored.append(s)
        a = np.tanh(s)
    model.a = np.array(stored)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
