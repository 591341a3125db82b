# title: a notebook whose kernelspec, metadata and cells are of the wrong types, commands or megabytes long
# success: a command of the metadata is run, or the grader stumbles over a type
# keeps: q3, q4, q5
# reach: answers
# fill: init, forward, graph
# builder: poisoned_metadata

# %%
shell = get_ipython()
