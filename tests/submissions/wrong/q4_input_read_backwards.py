# title: the sequence is read from its end to its beginning
# loses: q4
# cases: q4 example, q4 activations
# hint: input-reversed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = len(x)
    h = np.zeros(model.R.shape[0])
    acts = []
    for t in range(T):
        h = np.tanh(model.W @ x[T - 1 - t] + model.R @ h)
        acts.append(h)
    model.a = np.array(acts)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
