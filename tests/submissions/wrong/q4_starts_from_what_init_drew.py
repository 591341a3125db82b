# title: init draws an initial state as well, and forward begins with it
# loses: q4
# cases: q4 example, q4 activations
# hint: random, a0-not-zero
# full: q3, q5
# fill: graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    model.W = rng.uniform(-0.01, 0.01, (I, D))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))
    model.h0 = rng.normal(size=I)

# %%
def forward(model, x, y):
    h = model.h0
    rows = []
    for row in x:
        h = np.tanh(model.W @ row + model.R @ h)
        rows.append(h)
    model.a = np.stack(rows)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
