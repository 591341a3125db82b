# title: the loss is summed up over the time steps
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: loss-sum-over-time
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

# %%
def forward(model, x, y):
    I = model.R.shape[0]
    model.a = np.zeros((x.shape[0], I))
    a = np.zeros(I)
    loss = 0
    for t in range(x.shape[0]):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        z = model.V @ a
        loss += np.maximum(0, z) - y * z + np.log(1 + np.exp(-np.abs(z)))
        model.a[t] = a
    model.z = z
    return loss
