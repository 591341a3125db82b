# title: the longer side of W comes first, whether it is I or D
# loses: q3
# cases: q3 shapes, q3 other sizes
# full: q4, q5
# fill: forward, graph
# hint: none

# %%
import numpy as np


# %%
def init(model, D, I, K):
    def draw(*shape):
        return np.random.uniform(-0.01, 0.01, shape)

    model.W = draw(max(I, D), min(I, D))
    model.R = draw(I, I)
    model.V = draw(K, I)
