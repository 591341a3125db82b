# title: float() of the loss, which works for one output only
# loses: q4
# cases: q4 several outputs
# full: q3 q5
# hint: one-output-only
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
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    loss = float(loss)
    return loss
