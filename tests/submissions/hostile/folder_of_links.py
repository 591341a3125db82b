# title: a folder, as Gradescope unpacks it, of links to the grader's files, pipes and devices
# success: a secret of a file in the note, or a grader that waits for a pipe
# keeps: q3, q4, q5
# fill: init, forward, graph
# builder: folder_of_links

# %%
import os

found = set()
for folder, folders, names in os.walk(".", followlinks=True):
    for name in names:
        if os.path.isfile(os.path.join(folder, name)):
            found |= secrets_in(read(os.path.join(folder, name)))
    if folder.count("/") > 4:
        folders.clear()
say(found)
