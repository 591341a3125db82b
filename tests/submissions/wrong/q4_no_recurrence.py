# title: the term R a(t-1) is missing
# loses: q4
# cases: q4 example, q4 activations
# hint: r-missing
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    # all time steps at once
    model.a = np.tanh(x @ model.W.T)
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z
