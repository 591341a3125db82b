# title: naive loss, its nan and inf swept away with nan_to_num
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: nan-replaced
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = len(x)
    a = np.zeros((T + 1, len(model.R)))
    for t in range(1, T + 1):
        a[t] = np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1])
    model.a = a[1:]
    model.z = model.V @ a[T]
    yhat = 1 / (1 + np.exp(-model.z))
    L = -(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))
    # without this I got nan for the big numbers
    L = np.nan_to_num(L)
    return L
