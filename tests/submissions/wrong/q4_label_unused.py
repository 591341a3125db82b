# title: the label does not occur in the loss at all
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: label-unused
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def softplus(z):
    """log(1 + e^z), stable (exercise 1)"""
    return np.log(1 + np.exp(-np.abs(z))) + np.maximum(0, z)

# %%
def forward(model, x, y):
    T = len(x)
    I = len(model.R)
    a = np.zeros((T, I))
    for t in range(T):
        before = a[t - 1] if t > 0 else np.zeros(I)
        a[t] = np.tanh(model.W @ x[t] + model.R @ before)
    model.a = a
    model.z = model.V @ a[-1]
    return softplus(model.z)
