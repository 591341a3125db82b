# title: one matrix is assigned to all three names
# loses: q3
# cases: q3 shapes, q3 other sizes, q3 independence
# hint: one-array, one-array-for-two
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = model.R = model.V = np.random.uniform(-0.01, 0.01, size=(I, I))
