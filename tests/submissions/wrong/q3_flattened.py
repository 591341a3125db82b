# title: the matrices are drawn as flat vectors and never reshaped
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: flattened
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, I * D)
    model.R = np.random.uniform(-0.01, 0.01, I * I)
    model.V = np.random.uniform(-0.01, 0.01, K * I)
