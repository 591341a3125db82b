# title: model.a is made of zeros, and a misspelt name stops the first step
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss, q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    model.a = np.zeros((len(x), len(model.R)))
    h = np.zeros(len(model.R))
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = h
    model.z = z = model.V @ h
    return np.logaddexp(0, z) - y * z
