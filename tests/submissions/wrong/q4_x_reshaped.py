# title: x brought to (D, T) with reshape instead of a transpose
# loses: q4
# cases: q4 example, q4 activations
# hint: x-reshaped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, D = x.shape
    cols = x.reshape(D, T)
    a = np.zeros(model.R.shape[0])
    A = []
    for t in range(T):
        a = np.tanh(model.W @ cols[:, t] + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
