# title: labels as column against logits as row: the sum runs over K x K pairs
# loses: q4
# cases: q4 several outputs
# hint: loss-of-all-pairs
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    y = np.reshape(y, (-1, 1))
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
