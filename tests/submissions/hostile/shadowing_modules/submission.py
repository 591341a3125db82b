# title: a zip with modules that have the names of what a grader imports
# success: one of them is imported on the grader's side: a file changed, marks, or a secret in the note
# keeps: nothing
# form: zip-notebook

# %%
import helper

# %%
import sys

say({word for module in list(sys.modules.values()) for word in getattr(module, "STOLEN", ())})

# %%
import importlib

for name in ("numpy", "networkx", "matplotlib", "otter", "autograder", "reference_solution", "msgspec", "json", "random", "q3"):
    module = sys.modules.pop(name, None)
    tried(importlib.import_module, name)
say({word for module in list(sys.modules.values()) for word in getattr(module, "STOLEN", ())})
