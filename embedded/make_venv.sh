# Makes .venv with the first Python that works. The environment needs no pip of its own where
# that Python has one: Debian's lacks ensurepip, and its pip installs into other environments.
set -eu

fits='import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))'

for python in "${PYTHON:-python3.11}" python3.12 python3 python /usr/bin/python3; do
    "$python" -c "$fits" >/dev/null 2>&1 || continue
    if "$python" -m pip --version >/dev/null 2>&1; then
        pip=--without-pip
    elif "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        pip=
    else
        continue
    fi
    if ! .venv/bin/python -c "$fits" >/dev/null 2>&1; then
        echo "oryndau: making .venv with $("$python" --version)"
        rm -rf .venv
        "$python" -m venv $pip .venv
    fi
    command -v "$python" >.venv/.maker
    exit 0
done

echo "oryndau: no Python 3.11 or 3.12 with pip was found. Install one (on Debian:" >&2
echo "oryndau: apt-get install python3 python3-pip), or name it: make setup PYTHON=/path/to/python" >&2
exit 1
