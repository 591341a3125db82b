# title: a zip: the script takes its functions from a package of three modules
# loses: nothing
# form: zip-script

from rnn.weights import fill
from rnn.network import run
from rnn.picture import unfold_and_draw


class Model:
    pass


def init(model, D, I, K):
    fill(model, W=(I, D), R=(I, I), V=(K, I))


def forward(model, x, y):
    return run(model, x, y)


graph = unfold_and_draw

if __name__ == "__main__":
    graph()
