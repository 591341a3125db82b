# title: R * a instead of R @ a
# loses: q4
# cases: q4 example, q4 what is stored, q4 activations, q4 logit, q4 long sequences
# hint: r-elementwise
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    I = model.R.shape[0]
    a = np.zeros((I, 1))
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t.reshape(-1, 1) + model.R * a)
        A.append(a)
    model.a = np.array(A)
    model.z = (model.V @ a)[:, 0]
    return np.logaddexp(0, model.z) - y * model.z
