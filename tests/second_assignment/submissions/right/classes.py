# title: Methods, and a chart of line segments set by hand
# fails: nothing
import matplotlib.pyplot as plt
import numpy as np


class Smoother:
    def __call__(self, series, width, /):
        half = width // 2
        weights = np.abs(np.subtract.outer(np.arange(len(series)), np.arange(len(series)))) <= half
        return weights @ series / weights.sum(axis=1)


smooth = Smoother()

def chart(series):
    figure = plt.figure()
    axes = figure.add_axes((0.2, 0.2, 0.7, 0.7))
    for values in (series, smooth(series, 5)):
        axes.add_line(plt.Line2D(np.arange(len(values)), values))
    axes.autoscale()
    axes.set_xlabel("n")
    axes.set_ylabel("x")
