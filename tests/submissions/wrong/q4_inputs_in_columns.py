# title: x(t) is made a column and a(0) a vector, so a(t) is a matrix
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss, q4 numerical stability, q4 several outputs, q4 long sequences
# hint: row-and-column
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t.reshape(-1, 1) + model.R @ a)
        A.append(a)
    model.a = np.stack(A)
    model.z = model.V @ a
    return float(np.sum(np.logaddexp(0, model.z) - y * model.z))
