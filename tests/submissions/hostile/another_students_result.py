# title: another student's result is rewritten, linked and made the target of the grader's own writing
# success: another student's result changed, or results written through a link
# keeps: nothing

# %%
import os, shutil

theirs, own = MAP["result"], os.path.join(MAP["results"], "results.json")
for mode in ("r+", "w", "a"):
    stream = tried(open, theirs, mode)
    if stream:
        stream.write('{"score": 0}')
        stream.close()
tried(os.truncate, theirs, 3)
for name in ("results.json", "results.part", "results.pkl", "results.json.tmp"):
    target = os.path.join(MAP["results"], name)
    tried(os.unlink, target)
    tried(os.symlink, theirs, target)
    tried(os.link, theirs, target + ".too")
tried(os.replace, own, theirs)
tried(os.rename, MAP["results"], MAP["results"] + "-moved")
tried(shutil.rmtree, MAP["results"])

# %%
# The working directory itself gives way to a link, for whoever writes or cleans up there later.
here = os.getcwd()
tried(os.chdir, "/")
tried(shutil.rmtree, here)
tried(os.rename, here, here + "-gone")
tried(os.symlink, MAP["results"], here)
for folder in (os.path.dirname(here), os.path.expanduser("~")):
    if not folder.startswith((MAP["place"], "/tmp/")):
        continue
    tried(shutil.rmtree, folder)
    tried(os.symlink, MAP["results"], folder)
