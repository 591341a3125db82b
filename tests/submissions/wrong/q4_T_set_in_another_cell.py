# title: uses model.T, which only a test cell of the student sets
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
model = Model()
init(model, 3, 8, 1)
x = np.random.randn(20, 3)
model.T = x.shape[0]

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for t in range(model.T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.logaddexp(0, model.z) - y * model.z

# %%
forward(model, x, 1)
