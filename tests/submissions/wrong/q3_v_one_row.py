# title: V always has one row, which only shows when K > 1
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: fixed-sizes
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    # binary classification -> one output
    model.V = np.random.uniform(-0.01, 0.01, (1, I))
