# title: model.z holds the logits of all time steps
# loses: q4
# cases: q4 what is stored, q4 logit
# hint: z-of-all-steps
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    I, K = model.R.shape[0], model.V.shape[0]
    model.a = np.zeros((T, I))
    model.z = np.zeros((T, K))
    h = np.zeros(I)
    for t in range(T):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        model.a[t] = h
        model.z[t] = model.V @ h
    z = model.z[-1]
    return np.logaddexp(0, z) - y * z
