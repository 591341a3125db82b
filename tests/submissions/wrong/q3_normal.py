# title: normal with standard deviation 0.01 instead of uniform
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: normal
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = 0.01 * np.random.randn(I, D)
    model.R = 0.01 * np.random.randn(I, I)
    model.V = 0.01 * np.random.randn(K, I)
