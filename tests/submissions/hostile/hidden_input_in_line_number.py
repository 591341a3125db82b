# title: hidden inputs as the number of the line where an error happens
# success: digits of a hidden input in a message
# keeps: q3
# reach: answers
# fill: init

# %%
template = compile("def place():\n    raise ValueError\n", place_name := __import__("inspect").currentframe().f_code.co_filename, "exec")


def forward(model, x, y):
    line = int(digits(x))
    space = {}
    exec(template, space)
    place = space["place"]
    place.__code__ = place.__code__.replace(co_firstlineno=line, co_filename=place_name)
    place()
