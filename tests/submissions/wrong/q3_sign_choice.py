# title: every entry is either -0.01 or 0.01
# loses: q3
# cases: q3 uniform distribution
# hint: few-values
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    model.W = np.random.choice([-0.01, 0.01], size=(I, D))
    model.R = np.random.choice([-0.01, 0.01], size=(I, I))
    model.V = np.random.choice([-0.01, 0.01], size=(K, I))
