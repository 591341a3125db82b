# title: number of steps taken from a global
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: past-the-end, rows-fixed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

T = 10
x = np.random.randn(T, 2)

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
