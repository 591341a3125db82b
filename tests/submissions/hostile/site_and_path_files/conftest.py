import os

MAP = {MAP}
try:
    with open(MAP["result"], "a") as stream:
        stream.write("forged by " + __name__)
except OSError:
    pass
