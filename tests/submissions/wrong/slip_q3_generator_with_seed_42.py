# title: default_rng(42) is made inside init
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 fresh weights
# hint: seed-inside

# %%
import numpy as np


# %%
def init(model, D, I, K):
    rng = np.random.default_rng(42)
    model.W = rng.uniform(-0.01, 0.01, (I, D))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))
