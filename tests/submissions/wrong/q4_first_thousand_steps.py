# title: only the first 1000 steps are computed; the other rows of model.a stay 0
# loses: q4
# cases: q4 long sequences
# full: q3 q5
# hint: none
# fill: init graph
# form: notebook

def forward(model, x, y):
    T, D = x.shape
    I = model.R.shape[0]
    a = np.zeros((T, I))
    prev = np.zeros(I)
    for t in range(len(x[:1000])):
        s = model.W @ x[t] + model.R @ prev
        prev = np.tanh(s)
        a[t] = prev
    model.a = a
    z = model.V @ prev
    model.z = z
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return loss
