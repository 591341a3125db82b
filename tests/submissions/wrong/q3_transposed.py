# title: W and V are stored transposed, (D, I) and (I, K)
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: transposed
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    # from layer -> to layer
    model.W = np.random.uniform(-0.01, 0.01, size=(D, I))
    model.R = np.random.uniform(-0.01, 0.01, size=(I, I))
    model.V = np.random.uniform(-0.01, 0.01, size=(I, K))
