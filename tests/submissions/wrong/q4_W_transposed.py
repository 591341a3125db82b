# title: x @ W, which has fitting shapes only for D = I
# loses: q4
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    A = []
    for t in range(x.shape[0]):
        h = np.tanh(np.dot(x[t], model.W) + np.dot(model.R, h))
        A.append(h)
    model.a = np.array(A)
    model.z = np.dot(model.V, h)
    return np.logaddexp(0, model.z) - y * model.z

# %%
# quick test
model = Model()
init(model, 4, 4, 1)
print(forward(model, np.ones((5, 4)), 1))
