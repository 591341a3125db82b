# title: the arrays have the dtype object
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: object-array
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random
import numpy as np

def matrix(rows, cols):
    m = np.full((rows, cols), None)
    for i in range(rows):
        for j in range(cols):
            m[i][j] = random.uniform(-0.01, 0.01)
    return m

def init(model, D, I, K):
    model.W = matrix(I, D)
    model.R = matrix(I, I)
    model.V = matrix(K, I)
