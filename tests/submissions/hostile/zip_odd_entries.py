# title: a zip with double names, names with control codes, odd modes, and two directories that disagree
# success: the grader reads another notebook than it was shown, or a name commands a terminal
# keeps: q3, q4, q5
# reach: answers
# fill: init, forward, graph
# builder: zip_odd_entries

# %%
import os

print(sorted(os.listdir(".")))
