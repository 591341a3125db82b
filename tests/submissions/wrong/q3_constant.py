# title: all weights are 0.01
# loses: q3
# cases: q3 range, q3 uniform distribution, q3 fresh weights
# hint: constant
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    eps = 0.01
    model.W = np.full((I, D), eps)
    model.R = np.full((I, I), eps)
    model.V = np.full((K, I), eps)
