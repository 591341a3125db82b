# title: the term max(0, z) of the loss forgotten
# loses: q4
# cases: q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# hint: max-term-missing
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, D = np.shape(x)
    I, _ = np.shape(model.R)
    model.a = np.zeros((T, I))
    for t in range(T):
        s = model.W @ x[t]
        if t > 0:
            s = s + model.R @ model.a[t - 1]
        model.a[t] = np.tanh(s)
    model.z = model.V @ model.a[T - 1]
    return np.log1p(np.exp(-abs(model.z))) - y * model.z
