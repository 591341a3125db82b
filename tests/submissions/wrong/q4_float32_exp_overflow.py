# title: threshold of 700 for exp, but the logit was cast to float32, where exp overflows at 89
# loses: q4
# cases: q4 numerical stability
# hint: exp-overflow
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def log1pexp(z):
    z = np.asarray(z, dtype=np.float32)
    out = z.copy()
    small = z < 700              # exp(709) is the largest that works
    out[small] = np.log1p(np.exp(z[small]))
    return out

# %%
def forward(model, x, y):
    T = x.shape[0]
    I = model.W.shape[0]
    a = np.zeros((T, I))
    last = np.zeros(I)
    for t in range(T):
        last = np.tanh(model.W @ x[t] + model.R @ last)
        a[t] = last
    model.a, model.z = a, model.V @ last
    return log1pexp(model.z) - y * model.z
