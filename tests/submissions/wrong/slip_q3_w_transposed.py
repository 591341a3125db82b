# title: W alone is drawn with the shape (D, I)
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 shapes, q3 other sizes
# hint: transposed

# %%
import numpy as np


# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (D, I))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
