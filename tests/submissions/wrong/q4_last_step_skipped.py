# title: range(1, T) for t = 1 ... T: the last step is not done
# loses: q4
# cases: q4 example, q4 what is stored, q4 activations, q4 logit, q4 long sequences
# hint: last-step-missing, z-of-step-before
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = x.shape[0]
    a = [np.zeros(model.R.shape[0])]
    for t in range(1, T):
        a.append(np.tanh(model.W @ x[t - 1] + model.R @ a[t - 1]))
    model.z = model.V @ a[-1]
    model.a = np.array(a[1:])
    return np.logaddexp(0, model.z) - y * model.z
