# title: the upper bound is 0.011 so that 0.01 is "included"
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: range-lopsided
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    # the upper end is exclusive in numpy, so go one step further
    high = 0.01 + 0.001
    model.W = np.random.uniform(-0.01, high, (I, D))
    model.R = np.random.uniform(-0.01, high, (I, I))
    model.V = np.random.uniform(-0.01, high, (K, I))
