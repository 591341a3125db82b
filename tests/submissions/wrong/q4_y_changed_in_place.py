# title: labels made -1 and 1 with y *= 2; y -= 1, in the array of the caller
# loses: q4
# cases: q4 no side effects
# hint: y-changed
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
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    y *= 2
    y -= 1          # now -1 or 1
    return np.logaddexp(0, -y * model.z)
