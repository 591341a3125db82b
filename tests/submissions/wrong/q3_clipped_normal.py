# title: a normal that is clipped to [-0.01, 0.01]
# loses: q3
# cases: q3 uniform distribution
# hint: draws-clipped
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def small(shape):
    w = np.random.normal(0.0, 0.006, shape)
    return np.clip(w, -0.01, 0.01)   # stay in the allowed range

def init(model, D, I, K):
    model.W = small((I, D))
    model.R = small((I, I))
    model.V = small((K, I))
