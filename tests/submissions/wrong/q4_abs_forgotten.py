# title: e^-z instead of e^-|z| next to the max(0, z)
# loses: q4
# cases: q4 example, q4 loss, q4 numerical stability, q4 several outputs, q4 long sequences
# hint: abs-or-max
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    state = np.zeros(model.W.shape[0])
    states = []
    for step in x:
        state = np.tanh(model.W @ step + model.R @ state)
        states.append(state)
    model.a = np.array(states)
    model.z = model.V @ state
    # formula from exercise 1
    return np.maximum(0, model.z) - y * model.z + np.log(1 + np.exp(-model.z))
