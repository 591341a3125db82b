#!/usr/bin/env bash
# Installs what grading needs, once, when the image is built: Gradescope and `otter grade` run this as root.
# Everything goes to /opt/autograder, which every user may read.
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive

source_dir=/autograder/source
target=/opt/autograder

apt-get update
apt-get install -y --no-install-recommends ca-certificates libseccomp2 python3 python3-venv

python3 -m venv "$target/uv"
"$target/uv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r "$source_dir/requirements.uv.txt"

# The image's own Python if it is new enough; else uv fetches one, into a folder that all may read.
export UV_PYTHON_INSTALL_DIR="$target/python" UV_CACHE_DIR="$target/cache" UV_LINK_MODE=copy
"$target/uv/bin/uv" venv --python ">=3.11,<3.15" "$target/venv"
"$target/uv/bin/uv" pip sync --python "$target/venv/bin/python" --compile-bytecode --require-hashes \
    "$source_dir/requirements.txt"
rm -rf "$target/cache" "$target/uv"

# The fonts of matplotlib are listed once, here, instead of at the first figure of every submission.
MPLCONFIGDIR="$target/matplotlib" "$target/venv/bin/python" -c "import matplotlib.font_manager"
chmod -R a+rX "$target"
