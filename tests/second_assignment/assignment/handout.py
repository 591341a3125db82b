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
# A window of 2 h + 1 numbers moves along the series. Entry i of the result is the mean of the numbers i - h to i + h. At
# both ends the window sticks out of the series: take the mean of the numbers that exist.

# %%
[[ stub.smooth ]]

# %%
grader.check("smooth")

# %% [markdown]
# ## A chart ([[ points.draw ]] points)
# Draw the series, and its moving average over [[ width ]] numbers, as two lines over 0, 1, 2, ... Label both axes.

# %%
[[ stub.chart ]]

# %%
grader.check("draw")

# %% [markdown]
# <!-- BEGIN QUESTION -->
# ## When is it misleading? ([[ points.explain ]] points)

# %% [markdown] tags=["answer", "explain"]
# *Your answer: two sentences about what a moving average hides.*

# %% [markdown]
# <!-- END QUESTION -->
