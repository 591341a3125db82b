# title: weights copied to the model at the first call, stale afterwards
# loses: q4
# cases: q4 no side effects
# hint: weights-kept
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

# %%
def forward(model, x, y):
    T = len(x)
    if not hasattr(model, '_WR'):
        model._WR = np.hstack([model.W, model.R])
    I = model.R.shape[0]
    a = np.zeros(I)
    out = []
    for t in range(T):
        s = model._WR @ np.concatenate([x[t], a])
        a = np.tanh(s)
        out.append(a)
    model.a = np.array(out)
    z = model.V @ a
    model.z = z
    L = np.maximum(0, z) - y * z + np.log1p(np.exp(-np.abs(z)))
    return float(np.sum(L))
