# title: V is drawn but never stored
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 other sizes
# hint: matrix-not-stored

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    V = np.random.uniform(-0.01, 0.01, (K, I))
