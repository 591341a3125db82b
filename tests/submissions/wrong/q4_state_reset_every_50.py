# title: the state is set to zero every 50 steps (truncation misunderstood)
# loses: q4
# cases: q4 activations
# hint: state-reset
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    acts = []
    for t in range(len(x)):
        if t % 50 == 0:              # truncated BPTT
            h = np.zeros(model.R.shape[0])
        h = np.tanh(model.W @ x[t] + model.R @ h)
        acts.append(h)
    model.a = np.array(acts)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
