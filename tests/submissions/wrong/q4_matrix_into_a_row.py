# title: a(0) is a column of zeros, and the matrix that a(t) becomes does not fit into a row
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss, q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: matrix-into-row
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros((model.R.shape[0], 1))
    model.a = np.zeros((len(x), model.R.shape[0]))
    for t, x_t in enumerate(x):
        a = np.tanh(model.W.dot(x_t) + model.R.dot(a))
        model.a[t] = a.ravel()
    model.z = model.V @ a
    return float(np.sum(np.logaddexp(0, model.z) - y * model.z))
