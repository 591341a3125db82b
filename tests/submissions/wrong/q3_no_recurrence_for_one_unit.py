# title: for I = 1, R is zero
# loses: q3
# cases: q3 uniform distribution
# hint: entry-never-drawn
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    model.W, model.R, model.V = (np.random.uniform(-0.01, 0.01, size) for size in ((I, D), (I, I), (K, I)))
    if I == 1:
        model.R = np.zeros((1, 1))
