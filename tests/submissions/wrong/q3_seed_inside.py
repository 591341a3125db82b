# title: a fixed seed inside init, so that every call gives the same weights
# loses: q3
# cases: q3 fresh weights
# hint: seed-inside
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    rng = np.random.default_rng(42)   # reproducible
    model.W = rng.uniform(-0.01, 0.01, (I, D))
    model.R = rng.uniform(-0.01, 0.01, (I, I))
    model.V = rng.uniform(-0.01, 0.01, (K, I))
