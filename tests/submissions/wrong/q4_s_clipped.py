# title: s(t) clipped to [-1, 1] against exploding values
# loses: q4
# cases: q4 example, q4 activations
# hint: s-clipped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = []
    for x_t in x:
        s = np.clip(model.W @ x_t + model.R @ a, -1, 1)
        a = np.tanh(s)
        model.a.append(a)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
