# title: the grader's own archive gets other test cases, and another seed
# success: the archive, the settings or a test file changed
# keeps: nothing

# %%
import os, zipfile

easy = "from otter.test_files import test_case\nOK_FORMAT = False\nname = '{0}'\npoints = None\n@test_case(name='{0} easy', points=99)\ndef test_easy():\n    pass\n"
archive = tried(zipfile.ZipFile, MAP["archive"], "a")
if archive:
    for question in ("q3", "q4", "q5"):
        tried(archive.writestr, f"tests/{question}.py", easy.format(question))
    tried(archive.close)
for question in ("q3", "q4", "q5"):
    path = os.path.join(MAP["tests"], f"{question}.py")
    tried(os.unlink, path)
    stream = tried(open, path, "w")
    if stream:
        stream.write(easy.format(question))
        stream.close()
tried(os.remove, MAP["archive"])
stream = tried(open, MAP["settings"], "r+")
if stream:
    stream.write("[")
    stream.close()
for name in ("q6.py", "conftest.py", "__init__.py"):
    tried(open, os.path.join(MAP["tests"], name), "w")
