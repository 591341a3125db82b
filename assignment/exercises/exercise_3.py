# %% [markdown]
# ## Exercise 3: Initial weights ([[ points.q3 ]] points)
#
# Write `init(model, D, I, K)`. It draws random weights for the network and stores them in the model:
#
# | attribute | shape |
# |:---|:---|
# | `model.W` | `(I, D)` |
# | `model.R` | `(I, I)` |
# | `model.V` | `(K, I)` |
#
# - All three are numpy arrays of floats (`float64`, or at least `float32`). They have exactly these shapes for any
#   sizes $D, I, K \ge 1$. Take the sizes from the arguments.
# - Every entry is drawn from the continuous uniform distribution on $[-[[ weight_range ]],\ [[ weight_range ]]]$,
#   independently of all other entries. No entry is ever outside this interval.
# - The three matrices are separate arrays, each with its own random numbers, even if their shapes are equal.
# - Every call draws new weights. So do not set a seed inside `init`. You may set one at the top of the notebook.
#
# It does not matter what `init` returns, and it may store other attributes. There are no biases.
#
# *The public test cases* check the shapes and types for some sizes, and whether any number is outside the range.
# *The hidden test cases* check other sizes, and whether the numbers are uniformly distributed, independent, and new
# in each call.
#
# *Why small and random?* If the weights are small, $s(t)$ is near 0, where $\tanh$ is steepest and far from saturation.
# If all weights were equal at the start, all hidden units would compute the same values and receive the same
# gradients. Training could never make them different.

# %%
[[ stub.init ]]

# %%
grader.check("q3")

# %% [markdown]
# *Try it (optional).* Remove the first `# ` of each line (select the lines and press Ctrl+/ or Cmd+/), and look at your
# own numbers. Put the `# ` back before you hand in.

# %%
# one, two = Model(), Model()
# init(one, 60, 60, 60)
# init(two, 60, 60, 60)
# print("the same numbers in two calls:", np.array_equal(one.W, two.W))  # this must be False
# print("the same numbers in two matrices:", np.array_equal(one.W, one.R) or np.array_equal(one.R, one.V))  # this, too
# plt.hist(np.ravel(one.W), bins=20)  # bars of about the same height, from the lowest number allowed to the highest
# plt.show()
