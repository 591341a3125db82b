# title: the range is -0.001 to 0.001
# loses: q3
# cases: q3 uniform distribution
# hint: range-too-narrow
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    r = 1e-3
    model.W = np.random.uniform(-r, r, (I, D))
    model.R = np.random.uniform(-r, r, (I, I))
    model.V = np.random.uniform(-r, r, (K, I))
