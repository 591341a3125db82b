# title: x @ W, which has fitting shapes only for D = I
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: w-transposed
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
