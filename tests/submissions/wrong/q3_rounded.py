# title: the entries are rounded to four decimals
# loses: q3
# cases: q3 uniform distribution
# hint: draws-rounded
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    # rounded so that the matrices print nicely
    model.W = np.round(np.random.uniform(-0.01, 0.01, (I, D)), 4)
    model.R = np.round(np.random.uniform(-0.01, 0.01, (I, I)), 4)
    model.V = np.round(np.random.uniform(-0.01, 0.01, (K, I)), 4)
