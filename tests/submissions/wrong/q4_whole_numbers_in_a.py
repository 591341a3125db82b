# title: model.a is an array of whole numbers, so that all activations are cut off to 0
# loses: q4
# cases: q4 example, q4 activations, q4 numerical stability
# full: q3 q5
# hint: a-all-zero
# fill: init graph
# form: notebook

def forward(model, x, y):
    T, D = x.shape
    I = model.R.shape[0]
    a = np.zeros((T, I), dtype=int)
    prev = np.zeros(I)
    for t in range(T):
        s = model.W @ x[t] + model.R @ prev
        prev = np.tanh(s)
        a[t] = prev
    model.a = a
    z = model.V @ a[-1]
    model.z = z
    loss = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return loss
