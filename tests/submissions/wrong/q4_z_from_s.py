# title: z = V s(T), the output is taken before the tanh
# loses: q4
# cases: q4 example, q4 logit
# hint: z-from-s
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t in range(len(x)):
        s = model.W @ x[t] + model.R @ a
        a = np.tanh(s)
        model.a[t] = a
    model.z = model.V @ s
    return np.logaddexp(0, model.z) - y * model.z
