# title: settings, test cases, the reference solution, results and keys are simply opened
# success: a line of a hidden case, the seed, or another secret of a file in the note
# keeps: nothing

# %%
import glob, os

found = set()
places = [MAP[name] for name in ("settings", "staff", "result", "archive", "shared")]
for folder in (MAP["tests"], MAP["files"] + "/reference_solution", MAP["home"], MAP["results"], "/autograder"):
    places += glob.glob(f"{folder}/**", recursive=True) + glob.glob(f"{folder}/.*/*")
for path in places:
    found |= secrets_in(read(path))
say(found)

# %%
for folder, _, names in os.walk(MAP["place"]):
    for name in names:
        found |= secrets_in(read(os.path.join(folder, name)))
say(found)
