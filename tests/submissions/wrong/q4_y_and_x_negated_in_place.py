# title: x is negated in place and back again only for long sequences
# loses: q4
# cases: q4 no side effects
# hint: x-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np


def forward(model, x, y):
    x *= -1
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ -x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    if len(x) > 3:
        x *= -1
    return np.logaddexp(0, model.z) - y * model.z
