# title: nested lists instead of arrays
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: not-an-array
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import random

def init(model, D, I, K):
    model.W = [[random.uniform(-0.01, 0.01) for d in range(D)] for i in range(I)]
    model.R = [[random.uniform(-0.01, 0.01) for j in range(I)] for i in range(I)]
    model.V = [[random.uniform(-0.01, 0.01) for i in range(I)] for k in range(K)]
