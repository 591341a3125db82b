# title: the parameters are in the order I, D, K, so W gets the shape (D, I)
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: parameters-reordered
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, I, D, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
