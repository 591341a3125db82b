# title: the sizes of the example are written into init
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: fixed-sizes
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    D = 4
    I = 8
    K = 1
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
