# title: V alone is drawn with the shape (I, K)
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
    rng = np.random.default_rng()
    model.W = rng.uniform(-0.01, 0.01, size=(I, D))
    model.R = rng.uniform(-0.01, 0.01, size=(I, I))
    model.V = rng.uniform(-0.01, 0.01, size=(I, K))
