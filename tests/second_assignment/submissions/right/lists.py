# title: A list is returned, and two charts are drawn
# fails: nothing
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    values = list(series)
    windows = [values[max(i - width // 2, 0) : i + width // 2 + 1] for i in range(len(values))]
    return [sum(window) / len(window) for window in windows]

def chart(series):
    _, (left, right) = plt.subplots(1, 2)
    left.hist(series)
    right.plot(range(len(series)), series, range(len(series)), smooth(series, 5))
    right.set(xlabel="index", ylabel="series", title="Smoothed")
    plt.savefig("chart.png")
