# title: one entry of W lies outside the range in large networks only
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 uniform distribution
# hint: few-outside

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
    if D > 100:
        model.W[0, 0] = 0.5
