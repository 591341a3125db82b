# title: W and R are missing, V is right
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: matrix-not-stored

# %%
import numpy as np


# %%
def init(model, D, I, K):
    W = np.random.uniform(-0.01, 0.01, (I, D))
    R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
