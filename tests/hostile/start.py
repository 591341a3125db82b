"""Starting the worker on this machine, as root or as an ordinary user.

The worker gets its own namespaces for mounts, processes and System V objects. So the checks do not blame a submission
for what other people do on the machine, and an attack that gets through the wall stays inside. The user, the
privileges, the kernel and the network are the machine's.
"""

import argparse
import compileall
import io
import json
import os
import platform
import py_compile
import secrets
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from autograder.grading.grade import load_test_files
from autograder.settings import FILE_NAME, PLUGIN
from autograder.zips.archive import write_zip
from autograder.zips.sources import Sources
from tests.hostile.attacks import read_hostile
from tests.hostile.driver import Start, run_all
from tests.hostile.secrets import VARIABLE, functions_of, hidden_numbers, new_secret
from tests.support.corpus import reference

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "submissions" / "hostile"

#: The first of the ordinary user ids for workers. Nobody else uses them, so an attack cannot hurt anyone's processes.
USER = 61234

#: Gives the worker private copies of the folders that everybody may write to, then starts the worker. Where they hide
#: the project or the interpreter, as in a clone below /tmp, these are mounted again. The shell stays alive as the first
#: process of its namespace, because the kernel protects that process from signals.
_SCRIPT = """
set -e
exec 3< "$1" 4< "$ROOT" 5< "$PACKAGES" 6< "$PREFIX" 7< "$BASE_PREFIX"; shift
mount -t tmpfs -o mode=755,size=1g tmpfs /mnt
for folder in /tmp /var/tmp /run/lock /run/user /dev/shm; do
    [ ! -d $folder ] || mount -t tmpfs -o mode=1777,size=5g tmpfs $folder
done
back() { [ -d "$2" ] || { mkdir -p "$2" && mount --no-canonicalize --bind "/proc/self/fd/$1" "$2"; }; }
back 4 "$ROOT"; back 5 "$PACKAGES"; back 6 "$PREFIX"; back 7 "$BASE_PREFIX"
exec 4<&- 5<&- 6<&- 7<&-
for folder in "$ROOT" "$PACKAGES" "$PREFIX" "$BASE_PREFIX" "$HOME" /usr /etc; do
    [ ! -d "$folder" ] || { mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder"; }
done
echo 4000 > /proc/sys/kernel/pid_max || true
[ -z "$GROUP" ] || echo 0 > "$GROUP/tasks"
tar -x -C /mnt <&3; exec 3<&-
[ "$USER_ID" = 0 ] || chown -R "$USER_ID:$USER_ID" /mnt/autograder
ulimit -v 12000000
cd /mnt/bundle
unset ROOT PACKAGES PREFIX BASE_PREFIX GROUP HOME
setpriv --reuid "$USER_ID" --regid "$USER_ID" --clear-groups "$@"
exit $?
"""

_NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--ipc", "--uts", "--mount-proc", "--kill-child"]


def make_bundle(target: Path) -> Path:
    """Write a tar with the grader's zip, unpacked and packed, and with everything else that the worker needs.

    The unpacked zip has bytecode, which its many processes would otherwise compile, as they may not write any.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = json.loads((ROOT / FILE_NAME).read_text(encoding="utf-8"))
        content["plugins"][0][PLUGIN]["values"]["seed"] = 8 * 10**15 + secrets.randbelow(10**15)
        config = folder / FILE_NAME
        config.write_text(json.dumps(content), encoding="utf-8")
        sources = Sources(ROOT, config)
        files = sources.autograder_files()
        write_zip(folder / "autograder.zip", files)
        inside = {f"autograder/source/{path}": content for path, content in _compiled(files, folder / "code").items()}
        inside |= {
            f"bundle/tests/hostile/{path.name}": path.read_bytes()
            for path in Path(__file__).parent.glob("*.py")
            if not path.name.startswith("test_")
        }
        inside |= {f"bundle/{name}/__init__.py": b"" for name in ("tests", "tests/hostile")}
        inside["bundle/autograder.zip"] = (folder / "autograder.zip").read_bytes()
        inside["bundle/reference.ipynb"] = sources.notebook(solved=True)
        inside["bundle/solution.json"] = json.dumps(reference()).encode()
        numbers = hidden_numbers(load_test_files(folder / "code" / "tests"), functions_of(reference()))
        inside["bundle/numbers.json"] = json.dumps(numbers).encode()
        for path in FOLDER.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                inside[f"bundle/tests/submissions/hostile/{path.relative_to(FOLDER)}"] = path.read_bytes()
    with tarfile.open(target, "w") as tar:
        for path, content in sorted(inside.items()):
            member = tarfile.TarInfo(str(path))
            member.size, member.mode = len(content), 0o644
            tar.addfile(member, io.BytesIO(content))
    return target


def _compiled(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files of a zip, and bytecode of their modules that counts whatever the time of the module is."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    compileall.compile_dir(folder / "files", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def unavailable(setting: str) -> str | None:
    """Return the reason why a setting is not available on this machine, or None."""
    if os.geteuid() != 0 or platform.system() != "Linux":
        return "only root on Linux can give the worker a private /tmp"
    if missing := [name for name in ("unshare", "setpriv", "mount", "tar") if not shutil.which(name)]:
        return f"{', '.join(missing)} not found"
    done = subprocess.run([*_NAMESPACES, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True)
    if done.returncode != 0:
        return f"no namespaces here: {done.stderr.strip()}"
    if setting == "user" and _python_for_all() is None:
        return f"no Python {platform.python_version_tuple()[:2]} that an ordinary user may run"
    return None


@cache
def no_namespaces_for_all() -> str | None:
    """Return the reason why an ordinary user cannot cover /proc on this machine, or None."""
    command = ["setpriv", "--reuid", str(USER), "--regid", str(USER), "--clear-groups", "unshare", "--user", "--mount"]
    command += ["--map-root-user", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    done = subprocess.run(command, capture_output=True, text=True)
    return f"no namespaces for ordinary users here: {done.stderr.strip()}" if done.returncode else None


@cache
def _python_for_all() -> str | None:
    """An interpreter of our version that an ordinary user may run with our packages."""
    version = ".".join(platform.python_version_tuple()[:2])
    for path in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        command = [path, "-c", "import numpy, msgspec, IPython"]
        with suppress(OSError):
            environment = {"PYTHONPATH": _packages()}
            done = subprocess.run(
                command, user=USER, group=USER, extra_groups=[], cwd="/", env=environment, capture_output=True
            )
            if done.returncode == 0:
                return path
    return None


def _packages() -> str:
    import numpy

    return str(Path(numpy.__file__).parents[1])


def on_machine(setting: str, bundle: Path, number: int = 0) -> Start:
    """Return a function that starts the worker as ``root`` or an ordinary ``user``. Each number is a separate user."""
    python = sys.executable if setting == "root" else _python_for_all()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"/mnt/autograder/source/files:{_packages()}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1",
        "ROOT": str(ROOT),
        "PACKAGES": _packages(),
        "PREFIX": sys.prefix,
        "BASE_PREFIX": sys.base_prefix,
        "HOME": str(Path.home()),
        "GROUP": _memory_group(),
        VARIABLE: new_secret(),
        "USER_ID": "0" if setting == "root" else str(USER + number),
    }
    command = [*_NAMESPACES, "sh", "-c", _SCRIPT, "sh", str(bundle), python, "-m", "tests.hostile.worker"]

    def start() -> "subprocess.Popen[str]":
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, **pipes, env=environment, text=True, errors="replace", start_new_session=True)

    return start


def _memory_group() -> str:
    """A control group that protects the rest of the machine from a memory bomb; empty if not available."""
    group = Path("/sys/fs/cgroup/memory/rnn-autograder-tests")
    try:
        group.mkdir(exist_ok=True)
        (group / "memory.limit_in_bytes").write_text(str(14 * 2**30))
    except OSError:
        return ""
    return str(group)


def main() -> None:
    """Grade hostile submissions from the command line: ``python -m tests.hostile.start root [NAME ...]``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("setting", choices=["root", "user"])
    parser.add_argument("names", nargs="*", default=[], help="attacks; all of them if none is named")
    parser.add_argument("--naive", action="store_true", help="use a grader without any defences")
    parser.add_argument("--verbose", action="store_true", help="show what the student sees")
    options = parser.parse_intermixed_args()
    known = [entry.name for entry in read_hostile(FOLDER)]
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"there is no attack {' and no attack '.join(unknown)} in {FOLDER}")
    if reason := unavailable(options.setting):
        sys.exit(reason)
    names = options.names or known
    successes = 0
    with tempfile.TemporaryDirectory() as folder:
        start = on_machine(options.setting, make_bundle(Path(folder, "bundle.tar")))
        for name, result in run_all(start, names, "/mnt/autograder", "naive" if options.naive else "project"):
            print(
                f"{name}: {result.get('seconds', '?')} s, then {result.get('after', '?')} s, {result['marks']}",
                *result["findings"],
                sep="\n    ",
                flush=True,
            )
            if options.verbose:
                print(result.get("visible"))
            successes += bool(result["findings"])
    print(f"{successes} of {len(names)} achieved something")


if __name__ == "__main__":
    main()
