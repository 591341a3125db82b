# title: log1p used without ever importing it: NameError at every call
# loses: q4
# cases: q4 example, q4 stability at one extreme logit, q4 loss, q4 numerical stability, q4 several outputs
# cases: q4 long sequences
# hint: none
# full: q3, q5
# fill: init, graph
# form: notebook

# %%
def forward(model, x, y):
    a = np.zeros(model.R.shape[0])
    A = []
    for x_t in x:
        a = np.tanh(model.W @ x_t + model.R @ a)
        A.append(a)
    model.a = np.array(A)
    model.z = model.V @ a
    return np.sum(log1p(np.exp(-abs(model.z))) + np.maximum(0, model.z) - y * model.z)
