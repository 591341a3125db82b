# title: the range is 0 to 0.01
# loses: q3
# cases: q3 uniform distribution
# hint: only-positive
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.rand(I, D) * 0.01
    model.R = np.random.rand(I, I) * 0.01
    model.V = np.random.rand(K, I) * 0.01
