# title: works on a deep copy of the model, so a and z are stored on the copy
# loses: q4
# cases: q4 what is stored, q4 activations, q4 logit
# hint: not-stored
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import copy
import numpy as np

# %%
def forward(model, x, y):
    model = copy.deepcopy(model)     # do not touch the original weights
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
