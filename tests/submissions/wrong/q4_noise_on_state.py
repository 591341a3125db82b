# title: noise on the state, against overfitting
# loses: q4
# cases: q4 example, q4 activations, q4 no side effects
# hint: random
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

rng = np.random.default_rng()

# %%
def forward(model, x, y):
    h = np.zeros(model.R.shape[0])
    hs = []
    for x_t in x:
        h = np.tanh(model.W @ x_t + model.R @ h)
        h = h * rng.uniform(0.8, 1.2, h.shape)
        hs.append(h)
    model.a = np.array(hs)
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
