# title: the same seed is set before each draw, so W, R and V hold the same numbers
# loses: q3
# cases: q3 independence
# hint: seed-between
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random
import numpy as np

def draw(rows, cols, seed):
    np.random.seed(seed)
    return np.random.uniform(-0.01, 0.01, (rows, cols))

def init(model, D, I, K):
    seed = random.randrange(2**31)      # a new one at every call
    model.W = draw(I, D, seed)
    model.R = draw(I, I, seed)
    model.V = draw(K, I, seed)
