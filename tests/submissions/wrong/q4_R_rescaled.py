# title: R is scaled to spectral radius 1 inside forward
# loses: q4
# cases: q4 example, q4 activations, q4 no side effects
# hint: r-scaled, weights-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    # keep the recurrence from exploding
    model.R = model.R / np.abs(np.linalg.eigvals(model.R)).max()
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
