# title: R times a entry by entry, and the matrix that a(t) becomes does not fit into a row
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss, q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: matrix-into-row
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    model.a = np.zeros((T, I))
    before = np.zeros(I)
    for t in range(T):
        model.a[t] = np.tanh(model.W @ x[t] + model.R * before)
        before = model.a[t]
    model.z = model.V @ model.a[-1]
    return float(np.sum(np.logaddexp(0, model.z) - y * model.z))
