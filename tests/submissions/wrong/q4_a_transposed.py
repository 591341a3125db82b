# title: model.a of shape (I, T), one column per time step
# loses: q4
# cases: q4 what is stored, q4 activations
# hint: a-transposed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, I = x.shape[0], model.R.shape[0]
    model.a = np.zeros((I, T))
    a = np.zeros(I)
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[:, t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
