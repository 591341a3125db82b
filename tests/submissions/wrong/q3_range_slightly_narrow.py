# title: range five per cent too narrow
# loses: q3
# cases: q3 uniform distribution
# hint: range-too-narrow
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    u = lambda *s: np.random.uniform(-0.0095, 0.0095, s)
    model.W = u(I, D)
    model.R = u(I, I)
    model.V = u(K, I)
