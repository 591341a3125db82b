# title: the activations of the call before are written over, and a(0) is read from their end
# loses: q4
# cases: q4 no side effects
# hint: state-carried
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, I = len(x), len(model.R)
    if getattr(model, "a", None) is None or np.shape(model.a) != (T, I):
        model.a = np.zeros((T, I))
    for t in range(T):
        model.a[t] = np.tanh(model.W @ x[t] + model.R @ model.a[t - 1])   # at t = 0 this is the last row
    model.z = model.V @ model.a[-1]
    return np.logaddexp(0, model.z) - y * model.z
