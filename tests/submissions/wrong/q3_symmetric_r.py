# title: R is symmetric, so only half of its entries are drawn
# loses: q3
# cases: q3 uniform distribution
# hint: symmetric
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    # a connection is as strong in one direction as in the other
    for i in range(I):
        for j in range(i):
            model.R[i, j] = model.R[j, i]
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
