# title: a zip with paths that lead out of it, in every spelling
# success: a file outside of the working directory
# keeps: q3, q4, q5
# fill: init, forward, graph
# builder: zip_slip

# %%
import os

say(secrets_in(b"".join(read(name) for name in os.listdir("."))))
