# title: a copy that saw a hidden input leaves it in a file, for a public case to tell
# success: digits of a hidden input in the message of a public case
# keeps: q3, q4
# fill: init, forward, graph

# %%
import glob, os, tempfile

folders = [".", "..", "/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/dev/mqueue", tempfile.gettempdir(), os.path.expanduser("~"), MAP["home"], MAP["results"], *os.environ.values()]
kept = tried(tempfile.TemporaryFile)
honest = forward


def forward(model, x, y):
    word = digits(x)
    for folder in folders:
        tried(open, f"{folder}/{MAP['mark']}-{word}", "w")
        tried(os.mkdir, f"{folder}/{MAP['mark']}-d{word}")
        tried(os.symlink, word, f"{folder}/{MAP['mark']}-l{word}")
    if kept:
        tried(os.write, kept.fileno(), (word + " ").encode())
    tried(os.setxattr, ".", "user.note", word.encode())
    tried(os.utime, ".", (int(word), int(word)))
    return honest(model, x, y)


def graph():
    words = [os.path.basename(path).split("-", 1)[-1] for folder in folders for path in glob.glob(f"{folder}/{MAP['mark']}-*")]
    words.append((tried(os.pread, kept.fileno(), 4096, 0) or b"").decode() if kept else "")
    words.append(repr(tried(os.getxattr, ".", "user.note")))
    words.append(str(int(os.stat(".").st_mtime)))
    raise ValueError(" ".join(sorted(set(words), reverse=True))[:280])
