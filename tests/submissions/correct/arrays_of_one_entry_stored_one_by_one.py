# title: draws and activations of one entry each, stored into the entries of larger arrays
# loses: nothing
# fill: graph
# form: script

def init(model, D, I, K):
    model.W = np.zeros((I, D))
    model.R = np.zeros((I, I))
    model.V = np.zeros((K, I))
    for M in (model.W, model.R, model.V):
        for i in range(M.shape[0]):
            for j in range(M.shape[1]):
                M[i, j] = np.random.uniform(-0.01, 0.01, 1)


def forward(model, x, y):
    T, D = x.shape
    I, K = model.R.shape[0], model.V.shape[0]
    a = np.zeros((T, I))
    for t in range(T):
        for i in range(I):
            s = model.W[i:i+1] @ x[t]
            if t > 0:
                s = s + model.R[i:i+1] @ a[t - 1]
            a[t, i] = np.tanh(s)
    model.a = a
    model.z = model.V @ a[-1]
    return np.logaddexp(0, model.z) - y * model.z
