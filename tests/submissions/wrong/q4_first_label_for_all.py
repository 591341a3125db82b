# title: the first label is used for all outputs
# loses: q4
# cases: q4 several outputs
# full: q3 q5
# hint: one-label-for-all
# fill: init graph
# form: notebook

def forward(model, x, y):
    T, D = x.shape
    I = model.R.shape[0]
    a = np.zeros((T, I))
    prev = np.zeros(I)
    for t in range(T):
        s = model.W @ x[t] + model.R @ prev
        prev = np.tanh(s)
        a[t] = prev
    model.a = a
    z = model.V @ prev
    model.z = z
    loss = np.logaddexp(0, z) - np.ravel(y)[0] * z
    return loss
