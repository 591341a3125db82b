# title: The series is changed in place
# fails: smooth leaves the series alone
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    result = np.array([np.mean(series[max(i - width // 2, 0) : i + width // 2 + 1]) for i in range(len(series))])
    series[:] = result
    return result

def chart(series):
    plt.plot(series)
    plt.plot(smooth(series.copy(), 5))
    plt.xlabel("day")
    plt.ylabel("temperature")
