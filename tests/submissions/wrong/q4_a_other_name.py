# title: activations stored as model.activations, model.a does not exist
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: stored-under-other-name
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    model.activations = []
    h = np.zeros(model.R.shape[0])
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        model.activations.append(h)
    model.activations = np.array(model.activations)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
