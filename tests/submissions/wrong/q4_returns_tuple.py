# title: loss and logit returned as a tuple
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: pair-returned
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    hs = []
    for t in range(len(x)):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    loss = np.logaddexp(0, model.z) - y * model.z
    return loss, model.z
