# title: W and R of the first model of each shape are kept on the function
# loses: q4
# cases: q4 no side effects
# hint: weights-kept
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    if not hasattr(forward, "W") or forward.W.shape != model.W.shape:
        forward.W, forward.R = model.W, model.R
    A = []
    a = np.zeros(len(model.R))
    for xt in x:
        a = np.tanh(forward.W @ xt + forward.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
