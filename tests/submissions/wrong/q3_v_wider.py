# title: only V is drawn from a wider range, -0.1 to 0.1
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: range-too-wide
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.1, 0.1, (K, I))
