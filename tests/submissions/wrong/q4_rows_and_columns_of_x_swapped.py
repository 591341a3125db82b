# title: D and T are read from x.shape in the wrong order
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 several outputs, q4 no side effects, q4 long sequences
# hint: past-the-end
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    D, T = x.shape
    a = np.zeros(len(model.R))
    out = []
    for t in range(T):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        out.append(a)
    model.a = np.array(out)
    model.z = model.V @ a
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
