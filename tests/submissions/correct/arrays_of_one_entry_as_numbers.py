# title: the loss of one output as a plain number, by float() of an array of one entry
# loses: nothing
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
    loss = float(loss) if model.V.shape[0] == 1 else loss
    return loss
