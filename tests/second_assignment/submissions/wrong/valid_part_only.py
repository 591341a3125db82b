# title: Only where the whole window fits
# fails: smooth example; smooth any series; draw average
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    return np.convolve(series, np.ones(width) / width, "valid") if len(series) >= width else np.array([])

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series, 5))
    plt.xlabel("day")
    plt.ylabel("temperature")
