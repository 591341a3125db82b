# title: folders within folders, fifteen hundred levels with names of one letter
# success: a keeper or a grader that fails when it removes them
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os

here = os.getcwd()
for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
os.chdir(here)
