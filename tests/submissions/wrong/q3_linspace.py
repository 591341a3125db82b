# title: evenly spaced values in their order instead of random draws
# loses: q3
# cases: q3 uniform distribution, q3 independence, q3 fresh weights
# hint: evenly-spaced
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    for name, (rows, columns) in {"W": (I, D), "R": (I, I), "V": (K, I)}.items():
        setattr(model, name, np.linspace(-0.01, 0.01, rows * columns).reshape(rows, columns))
