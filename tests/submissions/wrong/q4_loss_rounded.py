# title: loss rounded to two digits
# loses: q4
# cases: q4 example, q4 loss, q4 several outputs, q4 long sequences
# hint: loss-rounded
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    acts = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        acts.append(h)
    model.a = np.array(acts)
    model.z = model.V @ h
    L = np.sum(np.logaddexp(0, model.z) - y * model.z)
    return round(float(L), 2)
