# title: activations stored with the newest first
# loses: q4
# cases: q4 activations
# hint: a-reversed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = [np.zeros(model.R.shape[0])]
    for x_t in x:
        # newest in front, so a[0] is always the one that I need
        a.insert(0, np.tanh(model.W @ x_t + model.R @ a[0]))
    model.a = np.array(a[:-1])
    model.z = model.V @ a[0]
    return np.logaddexp(0, model.z) - y * model.z
