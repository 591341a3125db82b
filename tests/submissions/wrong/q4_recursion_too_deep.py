# title: a(t) and s(t) call each other: RecursionError for long sequences
# loses: q4
# cases: q4 long sequences
# hint: recursion
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    acts = []

    def s(t):
        return model.W @ x[t - 1] + model.R @ a(t - 1)

    def a(t):
        if t == 0:
            return np.zeros(model.R.shape[0])
        value = np.tanh(s(t))
        acts.append(value)
        return value

    model.z = model.V @ a(x.shape[0])
    model.a = np.array(acts)
    return np.logaddexp(0, model.z) - y * model.z
