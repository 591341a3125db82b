# title: the matrices are stored under other names, Wx, Wh and w
# loses: q3
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: matrix-under-other-name
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.Wx = np.random.uniform(-0.01, 0.01, (I, D))
    model.Wh = np.random.uniform(-0.01, 0.01, (I, I))
    model.w = np.random.uniform(-0.01, 0.01, (K, I))
