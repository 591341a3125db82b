# title: a @ R, that is R transposed
# loses: q4
# cases: q4 example, q4 activations
# hint: r-transposed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for t in range(x.shape[0]):
        a = np.tanh(x[t] @ model.W.T + a @ model.R)
        A.append(a)
    model.a = np.array(A)
    model.z = a @ model.V.T
    return np.logaddexp(0, model.z) - y * model.z
