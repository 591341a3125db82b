# title: log(1 + e^(-y z)) is for labels -1 and 1, but y is 0 or 1
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# hint: labels-plus-minus-one
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    all_a = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        all_a.append(a)
    model.a = np.asarray(all_a)
    model.z = model.V @ a
    # logistic loss, short form
    return np.logaddexp(0, -y * model.z)
