# title: results right, but the rows of x are set to zero on the way
# loses: q4
# cases: q4 no side effects
# hint: x-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for row in x:
        a = np.tanh(model.W @ row + model.R @ a)
        A.append(a)
        row *= 0        # done with this input
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
