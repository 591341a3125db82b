# title: a cached helper returns the same array for the same shape again and again
# loses: q3
# cases: q3 independence, q3 fresh weights
# hint: seed-inside, shared-when-equal
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
from functools import lru_cache
import numpy as np

@lru_cache
def weights(rows, cols):
    return np.random.uniform(-0.01, 0.01, (rows, cols))

def init(model, D, I, K):
    model.W = weights(I, D)
    model.R = weights(I, I)
    model.V = weights(K, I)
