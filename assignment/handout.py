# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # [[ title ]]
#
# Five exercises, [[ total_points ]] points
#
# A recurrent network reads a sequence one step at a time. Its activation carries what the network has seen so far. In
# this assignment you study such a network in three ways: its loss, with pen and paper; the network itself, in
# code; and its computation, as a graph.
#
# **You will learn**
#
# - why a formula that is correct on paper can fail in floating-point arithmetic, and how to rewrite it;
# - why the sigmoid and the cross-entropy together have such a simple derivative;
# - how a recurrent network uses the same three weight matrices at every time step;
# - how a recurrent network becomes an ordinary feed-forward graph when it is unfolded over time.
#
# | exercise | what you hand in | graded by | points |
# |:---|:---|:---|---:|
# | 1 &nbsp; A loss that does not overflow | a proof and an explanation | a person | [[ points.q1 ]] |
# | 2 &nbsp; The derivative of the loss | a derivation | a person | [[ points.q2 ]] |
# | 3 &nbsp; Initial weights | the function `init` | test cases | [[ points.q3 ]] |
# | 4 &nbsp; The forward pass | the function `forward` | test cases | [[ points.q4 ]] |
# | 5 &nbsp; The network as a graph | the function `graph` | test cases | [[ points.q5 ]] |
# | | | **total** | **[[ total_points ]]** |

# %% [markdown]
# ## How to work and how to hand in
#
# 1. Open this notebook, `[[ notebook ]]`. `README.md` says how, for JupyterLab, VS Code, a JupyterHub and Colab. Leave
#    it in its folder, next to the folder `tests`.
# 2. For exercises 1 and 2, type your answers into the cells provided. For exercises 3, 4 and 5, write the bodies of
#    the three functions. You may add cells wherever you like.
# 3. Below each function, a cell such as `grader.check("q3")` runs the public test cases. Run it as often as you like.
# 4. When you have finished, choose *Kernel > Restart Kernel and Run All Cells*. This shows whether your work depends
#    on a cell that you have since deleted or changed.
# 5. Look at the result of `grader.check_all()` at the end, and **save** the notebook.
# 6. Upload `[[ notebook ]]` to Gradescope. You may also upload the zip file that the last cell makes.
#
# ## Rules
#
# - **Names.** Keep the names of the functions: `init`, `forward`, `graph`. You may rename their parameters or add
#   optional ones, because the test cases pass all arguments by position.
# - **Public and hidden test cases.** The checks in this notebook run only the public test cases. The hidden ones ask
#   for nothing that is not written here, but they use different sizes and values. So take every size from the arguments,
#   never from a variable that another cell has set.
# - **The model.** `model` is a plain object: write `model.W = ...`. It is never a dictionary, so `model["W"]` does
#   not work.
# - **Given weights.** The test cases of exercise 4 put their own weights into the model before they call `forward`. So
#   a mistake in `init` does not cost points in exercise 4, and `forward` must use whatever weights are in `model.W`,
#   `model.R` and `model.V`. If your `init` runs and stores other attributes, they are there as well. Attributes that
#   only another cell sets are not there.
# - **Other cells** may do anything you like: print, plot, try things out. All cells are run before the test cases, so
#   remove long experiments before you hand in. If a cell fails, you lose only the points that depend on it.
#   (JupyterLab stops at such a cell when it runs all cells; grading continues.) Cells after an `exit()` are not run.
# - **Time.** Each call of one of your functions may take a few seconds. A simple solution needs much less than one second.
# - **Packages.** When your work is graded, `numpy`, `scipy`, `networkx`, `matplotlib` and `pandas` are available. Do
#   not rely on internet access, or on other files in your folder.

# %% [markdown]
# ## Setup
#
# Run this cell first. If it prints nothing, all is well. If something is missing or too old, it says what, and shows
# the line that fixes it.

# %%
import sys
from pathlib import Path

needed = {"numpy": "2.0", "networkx": "3.4", "matplotlib": "3.9", "otter-grader": "7.0"}
problems = []
try:
    import matplotlib
    import matplotlib.pyplot as plt
    import networkx as nx
    import numpy as np
    import otter
    from packaging.version import Version

    for (name, oldest), module in zip(needed.items(), (np, nx, matplotlib, otter)):
        found = getattr(module, "__version__", "0")
        if Version(found) < Version(oldest):
            problems.append(f"{name} {found} is too old: {oldest} or later is needed.")
except ImportError as error:
    problems.append(f"A package is missing: {error}.")

if sys.version_info < (3, 11):
    problems = [f"Python {sys.version.split()[0]} is too old: choose a kernel with Python 3.11 or later."]
elif problems:
    packages = " ".join(f"{name}~={oldest}" for name, oldest in needed.items())
    problems.append(f"Run this line in a new cell, then restart the kernel:\n\n%pip install {packages}")
else:
    try:
        grader = otter.Notebook("[[ notebook ]]")
        tests_missing = Path("[[ notebook ]]").exists() and not Path("tests").is_dir()
    except (OSError, ValueError):  # there is no such notebook here, or Colab has no folder tests
        tests_missing = True
    if tests_missing:
        problems.append(f"The notebook [[ notebook ]] and the folder tests must both be in {Path.cwd()}.")
        problems.append("Unzip the file that you were given, and open the notebook in the new folder.")
        problems.append("In Colab, upload the zip file to the session and run this line:\n\n!unzip -o student.zip")
if problems:
    print("\n".join(problems))

# %% [markdown]
# ## The network
#
# The input is a sequence of vectors $x(1), x(2), \dots, x(T)$. With $a(0) = 0$, the network computes for
# $t = 1, 2, \dots, T$
#
# $$
# \begin{aligned}
# s(t) &= W\,x(t) + R\,a(t-1) \\
# a(t) &= \tanh\bigl(s(t)\bigr) \\
# z(t) &= V\,a(t) \\
# \hat y(t) &= \sigma\bigl(z(t)\bigr)
# \end{aligned}
# $$
#
# where $\sigma(z) = 1/(1 + e^{-z})$ is the sigmoid function. Both $\tanh$ and $\sigma$ are applied to each entry of a
# vector. There are no biases. The loop in this picture makes the network recurrent:
#
# ```
#                      +----- R <-----+     a(t-1) comes back
#                      |              |     one step later
#                      v              |
#     x(t) --- W --> s(t) -- tanh --> a(t) --- V --> z(t) -- sigma --> yhat(t)
# ```
#
# | symbol | meaning | shape |
# |:---|:---|:---|
# | $x(t)$ | input at time $t$ | $D$ |
# | $s(t)$ | weighted sum, the input to the hidden units | $I$ |
# | $a(t)$ | activation of the hidden units | $I$ |
# | $z(t)$ | logit, the output before the sigmoid | $K$ |
# | $\hat y(t)$ | prediction, every entry between 0 and 1 | $K$ |
# | $W$ | weights from the input to the hidden units | $I \times D$ |
# | $R$ | weights from the hidden units to themselves, one step later | $I \times I$ |
# | $V$ | weights from the hidden units to the output | $K \times I$ |
#
# The vectors change from step to step. The three matrices do not: the network is the same at every time step.
#
# ### The loss
#
# Let $y \in \{0, 1\}$ be the label, and let $p$, with $0 < p < 1$, be the predicted probability that $y = 1$. Their
# binary cross-entropy is
#
# $$
# L_{\mathrm{BCE}}(p, y) = -\bigl(y \log p + (1 - y) \log(1 - p)\bigr),
# $$
#
# with the natural logarithm. The network predicts $p = \sigma(z)$, so we look at the loss as a function of the logit:
#
# $$
# L(z, y) = L_{\mathrm{BCE}}\bigl(\sigma(z), y\bigr).
# $$
#
# In exercises 1 and 2, $z$ is a single real number. With $K > 1$ outputs, the network answers $K$ separate yes-or-no
# questions: there are $K$ labels, and each output has its own loss.

# %% [markdown]
# ### The model object
#
# The functions below store the network's arrays in an object of this class. You need not change anything here.

# %%
class Model:
    """Holds a network: `init` stores W, R and V in it, and `forward` adds a and z.

    A new model is empty. You can set any attribute: after `model = Model()`, write `model.W = ...`.
    """


# include: exercises/exercises_1_and_2.py

# include: exercises/exercise_3.py

# include: exercises/exercise_4.py

# include: exercises/exercise_5.py

# %% [markdown]
# ## Before you hand in
#
# - Your answers to exercises 1 and 2 are in their cells, and the formulas are displayed correctly.
# - Your three functions take every size from their arguments.
# - You have restarted the kernel and run all cells, and the result below is what you expect.
# - You have saved the notebook.

# %%
grader.check_all()

# %% [markdown]
# The next cell saves the notebook and packs it into a zip file that you may upload instead. If it warns that it could
# not save the notebook, save the notebook yourself (*File > Save Notebook*) and run the cell again.

# %%
grader.export(pdf=False, force_save=True, ignore_log=True)
