# title: Cumulative sums, and matplotlib's objects
# fails: nothing
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    sums = np.concatenate([[0.0], np.cumsum(series)])
    first = np.maximum(np.arange(len(series)) - width // 2, 0)
    last = np.minimum(np.arange(len(series)) + width // 2 + 1, len(series))
    return (sums[last] - sums[first]) / (last - first)

def chart(series):
    figure, axes = plt.subplots(layout="constrained")
    time = np.arange(len(series))
    axes.plot(time, smooth(series, 5), "r--", time, series, "k-")
    axes.set_xlabel("time")
    axes.set_ylabel("value")
    plt.show()
    return figure
