# title: entries smaller than 0.002 are drawn again, which leaves a gap around zero
# loses: q3
# cases: q3 uniform distribution
# hint: gap-around-zero
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random
import numpy as np

def weight():
    w = random.uniform(-0.01, 0.01)
    while abs(w) < 0.002:        # dead connection, try again
        w = random.uniform(-0.01, 0.01)
    return w

def init(model, D, I, K):
    model.W = np.array([[weight() for _ in range(D)] for _ in range(I)])
    model.R = np.array([[weight() for _ in range(I)] for _ in range(I)])
    model.V = np.array([[weight() for _ in range(I)] for _ in range(K)])
