# title: the cross-entropy is typed in as it stands in the lecture: nan or inf at large logits
# loses: q4
# cases: q4 stability at one extreme logit, q4 numerical stability
# hint: log-of-prediction
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def sigma(z):
    return 1 / (1 + np.exp(-z))

# %%
def forward(model, x, y):
    T, D = x.shape
    a = np.zeros((T, model.W.shape[0]))
    a_prev = np.zeros(model.W.shape[0])
    for t in range(T):
        a_prev = np.tanh(model.W @ x[t] + model.R @ a_prev)
        a[t] = a_prev
    model.a = a
    model.z = model.V @ a_prev
    yhat = sigma(model.z)
    return -y * np.log(yhat) - (1 - y) * np.log(1 - yhat)
