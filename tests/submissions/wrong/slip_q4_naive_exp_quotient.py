# title: the sigmoid is e^z / (1 + e^z), which is inf / inf at large logits
# loses: q4
# full: q3, q5
# fill: init, graph
# form: script
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: exp-quotient

# %%
import numpy as np


# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    a = np.zeros((T + 1, I))
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.a = a[1:]
    z = model.V @ a[T]
    model.z = z
    p = np.exp(z) / (1 + np.exp(z))
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
