# title: forward never ends, t is not counted up
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook
# waits: sandbox

# %%
import numpy as np

def forward(model, x, y):
    T = len(x)
    model.a = np.zeros((T, model.R.shape[0]))
    a = np.zeros(model.R.shape[0])
    t = 0
    while t < T:
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
