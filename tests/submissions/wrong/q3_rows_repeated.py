# title: one row is drawn for each matrix and repeated
# loses: q3
# cases: q3 uniform distribution
# hint: rows-repeated
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random
import numpy as np

def matrix(rows, cols):
    row = [random.uniform(-0.01, 0.01) for _ in range(cols)]
    return np.array([row] * rows)

def init(model, D, I, K):
    model.W = matrix(I, D)
    model.R = matrix(I, I)
    model.V = matrix(K, I)
