# title: sixty thousand files below a path that is longer than a path may be
# success: more than fifty thousand files at once
# keeps: q3, q4, q5
# fill: init, forward, graph

# %%
import os, time

here = os.getcwd()
for _ in range(30):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
for number in range(60_000):
    os.close(os.open(f"{number}", os.O_CREAT | os.O_WRONLY))
    if number % 5_000 == 0:
        time.sleep(0.05)  # the files are counted a few times a second
    if number > 50_000:
        say({MAP["proof"]})
os.chdir(here)
