# title: the range is -0.1 to 0.1
# loses: q3
# cases: q3 range, q3 uniform distribution
# hint: range-too-wide
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(low=-0.1, high=0.1, size=(I, D))
    model.R = np.random.uniform(low=-0.1, high=0.1, size=(I, I))
    model.V = np.random.uniform(low=-0.1, high=0.1, size=(K, I))
