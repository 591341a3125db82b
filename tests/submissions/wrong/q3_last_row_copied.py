# title: the last row of R is a copy of its first
# loses: q3
# cases: q3 uniform distribution
# hint: line-copied
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    model.W, model.R, model.V = (np.random.uniform(-0.01, 0.01, size) for size in ((I, D), (I, I), (K, I)))
    model.R[-1] = model.R[0]
