# title: The vertical axis has no label
# fails: draw axis labels
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    half = width // 2
    return np.array([np.mean(series[max(i - half, 0) : i + half + 1]) for i in range(len(series))])

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series, 5))
    plt.xlabel("day")
