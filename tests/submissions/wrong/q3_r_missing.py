# title: R is forgotten
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: matrix-not-stored
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
