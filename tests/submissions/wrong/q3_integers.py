# title: the draws are written into integer arrays and become 0
# loses: q3
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 fresh weights
# hint: integer-array, zeros
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random
import numpy as np

def fill(rows, cols):
    m = np.array([[0] * cols] * rows)
    for i in range(rows):
        for j in range(cols):
            m[i, j] = random.uniform(-0.01, 0.01)
    return m

def init(model, D, I, K):
    model.W = fill(I, D)
    model.R = fill(I, I)
    model.V = fill(K, I)
