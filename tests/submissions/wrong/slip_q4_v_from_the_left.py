# title: V is multiplied from the wrong side, which raises when a is stored
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 what is stored, q4 logit, q4 loss, q4 stability at one extreme logit, q4 numerical stability
# cases: q4 several outputs, q4 long sequences
# hint: v-transposed

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.a = a[1:]
    z = a[T] @ model.V
    model.z = z
    return np.sum(np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z))))
