# title: a loop over the rows stops one row too early, so the last row of R is 0
# loses: q3
# cases: q3 uniform distribution
# full: q4 q5
# hint: zero-rows
# fill: forward graph
# form: notebook

def init(model, D, I, K):
    model.W = np.random.uniform(-0.01, 0.01, (I, D))
    model.V = np.random.uniform(-0.01, 0.01, (K, I))
    model.R = np.zeros((I, I))
    for row in range(I - 1):
        model.R[row] = np.random.uniform(-0.01, 0.01, I)
