# title: W is multiplied from the wrong side, which raises at once
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook
# cases: q4 example, q4 what is stored, q4 activations, q4 logit, q4 loss, q4 stability at one extreme logit
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: w-transposed

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(np.dot(x[t - 1], model.W) + model.R @ a[t - 1])
    model.a = a[1:]
    z = model.V @ a[T]
    model.z = z
    return np.sum(np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z))))
