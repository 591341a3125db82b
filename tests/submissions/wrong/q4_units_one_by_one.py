# title: the units are updated in place, one after another
# loses: q4
# cases: q4 activations
# hint: units-one-by-one
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    units = model.R.shape[0]
    state = np.zeros(units)
    history = []
    for xt in x:
        for i in range(units):
            state[i] = np.tanh(np.dot(model.W[i], xt) + np.dot(model.R[i], state))
        history.append(state.copy())
    model.a = np.array(history)
    model.z = model.V @ state
    return np.logaddexp(0, model.z) - y * model.z
