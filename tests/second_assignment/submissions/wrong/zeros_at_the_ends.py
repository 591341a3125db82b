# title: The ends are averaged with zeros
# fails: smooth example; smooth any series; draw average
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    half = width // 2
    return np.convolve(series, np.ones(width) / width)[half : half + len(series)]

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series, 5))
    plt.xlabel("day")
    plt.ylabel("temperature")
