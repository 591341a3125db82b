# title: The window looks back only
# fails: smooth example; smooth any series; draw average
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    return np.array([np.mean(series[max(i - width + 1, 0) : i + 1]) for i in range(len(series))])

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series, 5))
    plt.xlabel("day")
    plt.ylabel("temperature")
