# title: the name init is used for a number further down
# loses: q3
# cases: q3 shapes, q3 range, q3 other sizes, q3 uniform distribution, q3 independence, q3 fresh weights
# hint: none
# full: q4, q5
# fill: forward, graph
# form: notebook

# %%
import numpy as np

# %%
def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.R = np.random.uniform(-0.01, 0.01, (I, I))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))

# %%
class RNN:
    pass

rnn = RNN()
init(rnn, 3, 5, 1)

# %%
init = 3      # number of restarts
for run in range(init):
    print("run", run)
