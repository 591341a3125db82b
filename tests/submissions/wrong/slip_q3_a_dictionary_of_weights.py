# title: the three matrices are in a dictionary model.weights
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: script
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: in-a-dictionary

# %%
import numpy as np


# %%
def init(model, D, I, K):
    draw = lambda *shape: np.random.uniform(-0.01, 0.01, shape)
    model.weights = {"W": draw(I, D), "R": draw(I, I), "V": draw(K, I)}
