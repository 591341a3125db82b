# title: the difference of two uniform draws, which is triangular on [-0.01, 0.01]
# loses: q3
# cases: q3 uniform distribution
# hint: bell-shaped
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def symmetric_uniform(rows, cols):
    # rand is in [0, 1), so subtract another one to get negative numbers as well
    return 0.01 * (np.random.rand(rows, cols) - np.random.rand(rows, cols))

def init(model, D, I, K):
    model.W = symmetric_uniform(I, D)
    model.R = symmetric_uniform(I, I)
    model.V = symmetric_uniform(K, I)
