# title: the first state is an unset array times 0, and the products are written into unset arrays
# loses: nothing
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    model.a = np.empty((len(x), len(model.R)))
    a = 0 * np.empty(len(model.R))
    product, total = np.empty_like(a), np.empty_like(a)
    for t, x_t in enumerate(x):
        np.matmul(model.R, a, out=product)
        np.add(model.W @ x_t, product, out=total)
        a = np.tanh(total, out=model.a[t])
    model.z = model.V @ a
    loss = np.empty(model.z.shape, dtype=complex)
    loss[:] = np.logaddexp(0, model.z) - y * model.z
    return loss.real.sum()
