# title: the arithmetic is done in float16
# loses: q4
# cases: q4 example, q4 activations, q4 logit, q4 loss, q4 several outputs, q4 long sequences
# hint: half-precision
# full: q3, q5
# fill: init, graph
# form: script

# %%
import numpy as np

# %%
def forward(model, x, y):
    W = model.W.astype(np.float16)    # half precision is faster
    R = model.R.astype(np.float16)
    V = model.V.astype(np.float16)
    a = np.zeros(R.shape[0], dtype=np.float16)
    A = []
    for x_t in x.astype(np.float16):
        a = np.tanh(W @ x_t + R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = V @ a
    return np.logaddexp(0, model.z) - y * model.z
