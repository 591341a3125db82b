# title: The median in place of the mean
# fails: smooth any series; draw average
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    half = width // 2
    return np.array([np.median(series[max(i - half, 0) : i + half + 1]) for i in range(len(series))])

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series, 5))
    plt.xlabel("day")
    plt.ylabel("temperature")
