# %% [markdown]
# # [[ title ]]
# Three questions, [[ total_points ]] points.

# %%
import matplotlib.pyplot as plt
import numpy as np
import otter

grader = otter.Notebook("[[ notebook ]]")

# %% [markdown]
# ## A moving average ([[ points.smooth ]] points)
# Entry i of the result is the mean of the numbers from i - h to i + h, where the window has 2 h + 1 numbers. At the two
# ends the window is cut off: the mean is taken over the numbers that are there.

# %%
[[ stub.smooth ]]

# %%
grader.check("smooth")

# %% [markdown]
# ## A chart ([[ points.draw ]] points)
# Draw the series and its moving average over [[ width ]] numbers as two lines over 0, 1, 2, ... Label both axes.

# %%
[[ stub.chart ]]

# %%
grader.check("draw")

# %% [markdown]
# ## When does it mislead? ([[ points.explain ]] points)
# *Your answer: two sentences on what a moving average hides.*
