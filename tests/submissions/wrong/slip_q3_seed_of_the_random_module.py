# title: random.seed(1) in the first line of init, draws by the random module
# loses: q3
# full: q4, q5
# fill: forward, graph
# form: notebook
# cases: q3 fresh weights
# hint: seed-inside

# %%
import random

import numpy as np


def init(model, D, I, K):
    random.seed(1)

    def draw(rows, columns):
        return np.array([[random.uniform(-0.01, 0.01) for _ in range(columns)] for _ in range(rows)])

    model.W, model.R, model.V = draw(I, D), draw(I, I), draw(K, I)
