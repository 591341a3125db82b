# title: W x(t) is kept by the shapes of x and W
# loses: q4
# cases: q4 no side effects
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
proj = {}
def forward(model, x, y):
    key = (x.shape, model.W.shape)
    Wx = proj.setdefault(key, x @ model.W.T)
    A = []
    a = np.zeros(len(model.R))
    for u in Wx:
        a = np.tanh(u + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
