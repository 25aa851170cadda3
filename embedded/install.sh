# Installs a locked list into .venv. Every file is checked against its hash.
set -eu
list=$1
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    set -- .venv/bin/python -m pip
else
    set -- "$(cat .venv/.maker)" -m pip --python .venv/bin/python
fi
exec "$@" install --quiet --require-hashes --no-input -r "$list"
