# title: two slips: sizes from globals, and a range of 0 to 0.01
# loses: q3
# cases: q3 shapes, q3 other sizes, q3 uniform distribution
# hint: fixed-sizes, only-positive
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


D_IN, HIDDEN = 2, 5


def init(model, D, I, K):
    model.W = np.random.uniform(0, 0.01, (HIDDEN, D_IN))
    model.R = np.random.uniform(0, 0.01, (HIDDEN, HIDDEN))
    model.V = np.random.uniform(0, 0.01, (1, HIDDEN))
