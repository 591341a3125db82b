# title: a(0) is a column of zeros; of the matrix that a(t) becomes, the first column is stored
# loses: q4
# cases: q4 example, q4 activations
# hint: row-and-column
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros((model.R.shape[0], 1))
    model.a = np.zeros((len(x), model.R.shape[0]))
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a[:, 0]
    model.z = (model.V @ a)[:, 0]
    return float(np.sum(np.logaddexp(0, model.z) - y * model.z))
