# title: max(0, -z) in the loss where it must be max(0, z)
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: min-for-max
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def loss_fn(z, y):
    return np.maximum(0, -z) - y * z + np.log1p(np.exp(-np.abs(z)))

# %%
def forward(model, x, y):
    a = [np.zeros(model.R.shape[0])]
    for t in range(len(x)):
        a.append(np.tanh(model.W @ x[t] + model.R @ a[-1]))
    model.a = np.array(a[1:])
    model.z = model.V @ a[-1]
    return loss_fn(model.z, y)
