# title: x.shape = ... turns the array of the caller into column vectors
# loses: q4
# cases: q4 no side effects
# hint: x-reshaped-in-place
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, D = x.shape[0], x.shape[1]
    x.shape = (T, D, 1)           # column vectors as in the lecture
    a = np.zeros((model.R.shape[0], 1))
    acts = []
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        acts.append(a)
    model.a = np.array(acts)[:, :, 0]
    model.z = (model.V @ a)[:, 0]
    return np.logaddexp(0, model.z) - y * model.z
