# title: the hidden layer sees its input only
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 activations
# hint: r-missing

# %%
import numpy as np


# %%
def forward(model, x, y):
    model.a = np.tanh(x @ model.W.T)
    model.z = model.V @ model.a[-1]
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
