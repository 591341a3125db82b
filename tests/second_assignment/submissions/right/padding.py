# title: Padded with nan, and a grid
# fails: nothing
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    padded = np.pad(np.asarray(series, float), width // 2, constant_values=np.nan)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(padded, width), axis=1)

plt.style.use("dark_background")


def chart(series):
    for values, name in ((series, "series"), (smooth(series, 5), "average")):
        plt.plot(values, label=name)
    plt.grid()
    plt.legend()
    plt.gca().set(xlabel="t", ylabel="x(t)")
