# title: V is reshaped where it should be transposed, which is right for one output only
# loses: q4
# cases: q4 several outputs
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros((1, model.R.shape[0]))
    rows = []
    for x_t in x:
        h = np.tanh(x_t[None] @ model.W.T + h @ model.R.T)
        rows.append(h[0])
    model.a = np.stack(rows)
    model.z = (h @ model.V.reshape(h.shape[1], -1))[0]
    return np.maximum(model.z, 0) - y * model.z + np.log1p(np.exp(-np.abs(model.z)))
