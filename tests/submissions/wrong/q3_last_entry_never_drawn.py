# title: a loop ends one too early, so that the last entry of each matrix stays 0
# loses: q3
# cases: q3 uniform distribution
# full: q4, q5
# fill: forward, graph
# hint: entry-never-drawn

# %%
import numpy as np


# %%
def init(model, D, I, K):
    def draw(rows, columns):
        entries = np.zeros(rows * columns)
        for i in range(rows * columns - 1):
            entries[i] = np.random.uniform(-0.01, 0.01)
        return entries.reshape(rows, columns)

    model.W, model.R, model.V = draw(I, D), draw(I, I), draw(K, I)
