"""A moving average, and a chart of it."""

import matplotlib.pyplot as plt
import numpy as np

from assignment.settings import WIDTH


def smooth(series: np.ndarray, width: int) -> np.ndarray:
    """Return the moving average of a series.

    Args:
        series: An array of shape (n,), which stays as it is.
        width: How many numbers the window holds; an odd number.

    Returns:
        An array of shape (n,).
    """
    window = np.ones(width)
    half = width // 2
    total = np.convolve(series, window)[half : half + len(series)]
    return total / np.convolve(np.ones(len(series)), window)[half : half + len(series)]


def chart(series: np.ndarray) -> None:
    """Draw a series and its moving average over WIDTH numbers.

    Args:
        series: An array of shape (n,).
    """
    _, axes = plt.subplots()
    axes.plot(series, ".-", label="series")
    axes.plot(smooth(series, WIDTH), label=f"mean of {WIDTH}")
    axes.set(xlabel="time", ylabel="value")
    axes.legend()
