# title: the arrays are stored as float16
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: other-type
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    # half precision is enough for such small numbers and saves memory
    model.W = np.random.uniform(-0.01, 0.01, (I, D)).astype(np.float16)
    model.R = np.random.uniform(-0.01, 0.01, (I, I)).astype(np.float16)
    model.V = np.random.uniform(-0.01, 0.01, (K, I)).astype(np.float16)
