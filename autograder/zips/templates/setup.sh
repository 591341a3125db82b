#!/usr/bin/env bash
# Installs what grading needs, once, when the image is built: Gradescope and `otter grade` run this as root.
# Everything goes to /opt/autograder, which every user may read. Whatever fails here fails the build.
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive

# The versions of Python that the packages are locked for, and the one to fetch where the image has none of them.
readonly wanted=">=3.11,<3.15" fetched=3.14

source_dir=/autograder/source
target=/opt/autograder

# No descriptions of packages are fetched, and nothing that the image has is upgraded: certificates alone take seconds.
# `otter grade` has fetched the lists a moment before.
lists=/var/lib/apt/lists
if ! compgen -G "$lists/*Packages*" >/dev/null || [ -z "$(find "$lists" -maxdepth 0 -mmin -10)" ]; then
    apt-get update -o Acquire::Languages=none
fi
fetch() { apt-get install -y --no-install-recommends --no-upgrade ca-certificates libseccomp2 "$@"; }
fetch python3 python3-pip-whl || fetch python3-venv # in older releases, pip's package has another name

# The pip that Debian keeps for new environments fetches uv: to make one with a pip of its own takes seconds more.
pip=(/usr/share/python-wheels/pip-*.whl)
PYTHONPATH="${pip[0]}" /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-compile \
    --require-hashes --target "$target/uv" -r "$source_dir/requirements.uv.txt"
uv="$target/uv/bin/uv"
export UV_PYTHON_INSTALL_DIR="$target/python" UV_CACHE_DIR="$target/cache"
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" # as pip does: a proxy may have a certificate of its own

if ! python=$("$uv" python find --system --no-python-downloads "$wanted" 2>/dev/null); then
    if ! UV_HTTP_RETRIES=0 "$uv" python install --no-bin "$fetched"; then
        cat >&2 <<MESSAGE

setup.sh: no Python that grading can use.
  found in the image:    $(python3 --version), $(. /etc/os-release && echo "$PRETTY_NAME")
  needed:                3.11, 3.12, 3.13 or 3.14
  fetching $fetched failed:  see above; it comes from the releases of python-build-standalone on GitHub
Choose a base image that has one of these versions, such as Ubuntu 24.04 or Debian 12 or later:
  Gradescope:            another base image, on the page where the zip is uploaded
  otter grade:           --image ubuntu:24.04
MESSAGE
        exit 1
    fi
    python=$("$uv" python find --managed-python --no-python-downloads "$fetched")
    # What no program needs while it runs: Python's own tests, its editor, its windows.
    (cd "$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" &&
        rm -rf test idlelib tkinter turtledemo lib2to3 ensurepip config-*)
    PYTHONWARNINGS=ignore "$python" -m compileall -q -j 0 "$target/python" || true
fi

"$uv" venv --quiet --allow-existing --python "$python" "$target/venv" # this script can be run twice
"$uv" pip sync --quiet --python "$target/venv/bin/python" --require-hashes "$source_dir/requirements.txt"
# Only where the settings ask for PDFs of written answers. Submissions get the same libraries with and without.
if [ -f "$source_dir/requirements.written.txt" ]; then
    "$uv" pip install --quiet --python "$target/venv/bin/python" --target "$target/written" --no-deps --compile-bytecode \
        --require-hashes -r "$source_dir/requirements.written.txt"
fi
rm -rf "$target/cache" "$target/uv"
find "$target"/venv/lib/python3*/site-packages/{scipy,pandas,matplotlib,networkx,IPython} -depth -type d -name tests \
    -exec rm -rf {} + || true # an assignment's own list of packages may lack some of these

# Bytecode is compiled once, here, instead of for every submission: of small packages all, since that is quick, and of
# large ones what the usual imports load. The list of fonts that matplotlib makes at its first import is kept, too.
export PYTHONWARNINGS=ignore MPLCONFIGDIR="$target/matplotlib"
"$target/venv/bin/python" -m compileall -q -j 0 -x '/(fontTools|lexers|pandas|prompt_toolkit|scipy|tests|wcwidth)/' \
    "$target/venv/lib" || true # a few files of libraries hold errors on purpose
load() {
    "$target/venv/bin/python" - "$@" <<'PYTHON'
import sys
from contextlib import suppress
from importlib import import_module

for name in sys.argv[1:]:
    with suppress(ImportError):  # an assignment's own list of packages may lack it
        import_module(name)
PYTHON
}
load matplotlib.pyplot IPython.display pandas &
load scipy.{constants,fft,integrate,interpolate,io,linalg,ndimage,optimize,signal,sparse.linalg,spatial,special,stats}
wait $!
# Our own code is there already on Gradescope, which copies it first; its bytecode holds whatever its files' times are.
if [ -d "$source_dir/files" ]; then
    "$target/venv/bin/python" -m compileall -q --invalidation-mode checked-hash "$source_dir/files"
fi

chmod -R a+rX "$target"
apt-get clean
rm -rf /var/lib/apt/lists/*
