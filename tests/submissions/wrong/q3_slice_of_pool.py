# title: W, R and V are overlapping corners of one big matrix
# loses: q3
# cases: q3 independence
# hint: numbers-reused
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

def init(model, D, I, K):
    n = max(D, I, K)
    weights = np.random.uniform(-0.01, 0.01, (n, n))
    model.W = weights[:I, :D]
    model.R = weights[:I, :I]
    model.V = weights[:K, :I]
