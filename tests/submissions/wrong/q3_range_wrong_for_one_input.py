# title: for D = 1, the range is ten times as wide
# loses: q3
# cases: q3 range
# hint: none
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    model.W, model.R, model.V = (np.random.uniform(-0.01, 0.01, size) for size in ((I, D), (I, I), (K, I)))
    if D == 1:
        model.W = np.random.uniform(-0.1, 0.1, (I, 1))
