# title: range five per cent too wide
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: range-too-wide
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    u = lambda *s: np.random.uniform(-0.0105, 0.0105, s)
    model.W = u(I, D)
    model.R = u(I, I)
    model.V = u(K, I)
