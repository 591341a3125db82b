# title: the loss is kept in an array like the label, whose integers cut it off
# loses: q4
# cases: q4 example, q4 loss, q4 numerical stability, q4 long sequences
# full: q3, q5
# fill: init, graph
# hint: loss-rounded

# %%
import numpy as np


# %%
def forward(model, x, y):
    h, rows = np.zeros(len(model.R)), []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        rows.append(h)
    model.a, model.z = np.array(rows), model.V @ h
    losses = np.zeros_like(np.atleast_1d(y))
    for k, (logit, label) in enumerate(zip(model.z, np.atleast_1d(y))):
        losses[k] = np.logaddexp(0, logit) - label * logit
    return losses
