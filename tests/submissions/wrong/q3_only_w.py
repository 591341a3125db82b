# title: only W is stored, R and V are local variables
# loses: q3
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: matrix-not-stored
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np


def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    R = np.random.uniform(-0.01, 0.01, (I, I))
    V = np.random.uniform(-0.01, 0.01, (K, I))
