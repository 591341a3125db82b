# title: W and R are one and the same array where D = I
# loses: q3
# cases: q3 independence
# hint: shared-when-equal
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    if D == I:
        model.R = model.W          # already has the right shape
    else:
        model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
