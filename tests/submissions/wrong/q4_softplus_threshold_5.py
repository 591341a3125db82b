# title: softplus replaced by z from z = 5 on, far too early
# loses: q4
# cases: q4 loss
# hint: threshold-too-low
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def softplus(z):
    # for large z the 1 does not matter any more
    return np.where(z > 5, z, np.log1p(np.exp(np.minimum(z, 5))))

# %%
def forward(model, x, y):
    a_t = np.zeros(model.R.shape[0])
    rows = []
    for x_t in x:
        a_t = np.tanh(model.W @ x_t + model.R @ a_t)
        rows.append(a_t)
    model.a = np.vstack(rows)
    model.z = model.V @ a_t
    return np.sum(softplus(model.z) - y * model.z)
