# title: all weights are zero
# loses: q3
# cases: q3 range, q3 uniform distribution, q3 fresh weights
# hint: zeros
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.zeros((I, D))
    model.R = np.zeros((I, I))
    model.V = np.zeros((K, I))
