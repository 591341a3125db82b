# title: all three matrices are stored in lower case
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: matrix-under-other-name

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.w = np.random.uniform(-0.01, 0.01, (I, D))
    model.r = np.random.uniform(-0.01, 0.01, (I, I))
    model.v = np.random.uniform(-0.01, 0.01, (K, I))
