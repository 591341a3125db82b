# title: the draws are sorted
# loses: q3
# cases: q3 uniform distribution
# hint: draws-sorted
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    rng = np.random.default_rng()
    u = lambda *s: rng.uniform(-0.01, 0.01, s)
    model.W = np.sort(u(I, D), axis=1)
    model.R = u(I, I)
    model.V = u(K, I)
