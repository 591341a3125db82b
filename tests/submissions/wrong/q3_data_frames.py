# title: the weights are DataFrames
# loses: q3
# cases: q3 shapes, q3 other sizes
# hint: data-frame
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np
import pandas as pd

# %%
def init(model, D, I, K):
    draw = lambda rows, columns: pd.DataFrame(np.random.uniform(-0.01, 0.01, (rows, columns)))
    model.W, model.R, model.V = draw(I, D), draw(I, I), draw(K, I)
