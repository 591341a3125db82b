# title: V of the first model of each shape is kept on the function
# loses: q4
# cases: q4 numerical stability, q4 no side effects
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    if getattr(forward, "V", np.empty(0)).shape != model.V.shape:
        forward.V = model.V
    A = []
    a = np.zeros(len(model.R))
    for xt in x:
        a = np.tanh(model.W @ xt + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = forward.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
