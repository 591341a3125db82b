# title: R has the shape (D, D)
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: script
# cases: q3 shapes, q3 other sizes
# hint: wrong-argument

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.W = 0.02 * np.random.rand(I, D) - 0.01
    model.R = 0.02 * np.random.rand(D, D) - 0.01
    model.V = 0.02 * np.random.rand(K, I) - 0.01
