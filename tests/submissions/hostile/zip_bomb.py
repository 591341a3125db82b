# title: a zip that unpacks to many gigabytes, and says that it does not
# success: a grader that runs out of memory, disk or time
# keeps: q3, q4, q5
# fill: init, forward, graph
# builder: zip_bomb

# %%
import os, zipfile

for name in os.listdir("."):
    if name.endswith(".zip"):
        tried(lambda: zipfile.ZipFile(name).extractall("unpacked"))
