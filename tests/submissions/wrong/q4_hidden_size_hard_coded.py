# title: 16 hidden units hard-coded
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: sizes-from-globals
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    model.a = np.zeros((len(x), 16))
    a = np.zeros(16)
    for t, x_t in enumerate(x):
        a = np.tanh(model.W @ x_t + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
