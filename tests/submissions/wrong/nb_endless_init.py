# title: init never ends, the loop that redraws too large numbers has no break
# loses: q3
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: none
# full: q4, q5
# fill: forward, graph
# form: notebook
# waits: sandbox

# %%
import random
import numpy as np

def matrix(rows, cols):
    m = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            while True:
                w = random.uniform(-1, 1)
                if abs(w) <= 0.01:
                    m[i, j] = w
    return m

def init(model, D, I, K):
    model.W = matrix(I, D)
    model.R = matrix(I, I)
    model.V = matrix(K, I)
