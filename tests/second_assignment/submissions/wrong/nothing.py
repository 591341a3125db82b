# title: The handout as it is
# fails: smooth example; smooth any series; smooth leaves the series alone; draw series; draw axis labels; draw average
import matplotlib.pyplot as plt
import numpy as np


def smooth(series, width):
    raise NotImplementedError("smooth")

def chart(series):
    raise NotImplementedError("draw")
