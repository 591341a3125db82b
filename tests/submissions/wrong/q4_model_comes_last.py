# title: the parameters are x, y, model
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: forward-reordered
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(x, y, model):
    a = np.zeros(len(model.R))
    rows = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        rows.append(a)
    model.a, model.z = np.array(rows), model.V @ a
    return np.logaddexp(0, model.z) - y * model.z
