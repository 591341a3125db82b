# title: a zip with an .OTTER_LOG and other pickles that run code where they are loaded
# success: the code of a pickle runs on the grader's side
# keeps: q3, q4, q5
# fill: init, forward, graph
# builder: otter_log_pickle

# %%
import glob, pickle

for path in glob.glob("*") + glob.glob(".*"):
    tried(pickle.load, tried(open, path, "rb"))
