# title: tanh also applied to the logit
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 logit, q4 numerical stability
# hint: z-after-tanh
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
    model.z = np.tanh(model.V @ a)
    return np.logaddexp(0, model.z) - y * model.z
