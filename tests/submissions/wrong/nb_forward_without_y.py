# title: forward has no parameter y and takes the label to be 1
# loses: q4
# cases: q4 example, q4 what is stored, q4 stability at one extreme logit, q4 activations, q4 logit, q4 loss
# cases: q4 numerical stability, q4 several outputs, q4 no side effects, q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
import numpy as np

def forward(model, x):
    a = np.zeros(model.R.shape[0])
    model.a = np.zeros((len(x), len(a)))
    for t in range(len(x)):
        a = np.tanh(model.W @ x[t] + model.R @ a)
        model.a[t] = a
    model.z = model.V @ a
    y = 1
    return np.sum(np.logaddexp(0, model.z) - y * model.z)
