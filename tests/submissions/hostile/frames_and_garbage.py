# title: frames, modules and all objects that the garbage collector knows are searched for what the grader knows
# success: a line of a hidden case, the seed or a token in the note
# keeps: nothing
# reach: answers

# %%
import gc, sys, types

#: Words that the author knows. They stand in the first cell, which the shell keeps in ``In``.
PLANTED = set(map(str, MAP.values()))
found = set()


def look(thing):
    global found
    if isinstance(thing, (str, bytes, int, list, tuple)):
        found |= secrets_in(thing if isinstance(thing, bytes) else repr(thing)[:100000].encode())


frame = sys._getframe()
while frame:
    for names in (frame.f_locals, frame.f_globals):
        for value in list(names.values()):
            look(value)
    frame = frame.f_back
for module in list(sys.modules.values()):
    for value in list(getattr(module, "__dict__", {}).values()):
        look(value)
say({word for word in found if word not in PLANTED})

# %%
gc.unfreeze()
for thing in gc.get_objects():
    if isinstance(thing, dict) and thing is not MAP:
        for value in list(thing.values()):
            look(value)
    elif isinstance(thing, types.FunctionType):
        for constant in thing.__code__.co_consts:
            look(constant)
        for cell in thing.__closure__ or ():
            look(tried(getattr, cell, "cell_contents"))
    elif isinstance(thing, (list, tuple)) and len(thing) < 1000:
        look([item for item in thing if type(item) in (str, bytes, int)])
    else:
        for value in list(getattr(thing, "__dict__", None) or {}).copy() if not isinstance(thing, type) else ():
            look(value)
say({word for word in found if word not in PLANTED})

# %%
import tracemalloc, inspect

for module in list(sys.modules.values()):
    if str(getattr(module, "__name__", "")).startswith(("autograder", "reference_solution", "q3", "tests")):
        found |= secrets_in((tried(inspect.getsource, module) or "").encode())
say({word for word in found if word not in PLANTED})
