# title: 1e-12 added inside the logarithms
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: prediction-clipped
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

eps = 1e-12

# %%
def forward(model, x, y):
    a = []
    a_t = np.zeros(model.R.shape[0])
    for t in range(x.shape[0]):
        s_t = model.W @ x[t] + model.R @ a_t
        a_t = np.tanh(s_t)
        a.append(a_t)
    model.a = np.stack(a)
    model.z = model.V @ a_t
    yhat = 1.0 / (1.0 + np.exp(-model.z))
    return np.mean(-y * np.log(yhat + eps) - (1 - y) * np.log(1 - yhat + eps))
