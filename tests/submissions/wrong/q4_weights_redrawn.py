# title: forward calls init and so throws the weights away
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 activations, q4 logit, q4 numerical stability
# cases: q4 no side effects
# hint: weights-changed
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T, D = x.shape
    K, I = model.V.shape
    init(model, D, I, K)
    h = np.zeros(I)
    model.a = np.zeros((T, I))
    for t in range(T):
        h = np.tanh(model.W @ x[t] + model.R @ h)
        model.a[t] = h
    model.z = model.V @ h
    return np.logaddexp(0, model.z) - y * model.z
