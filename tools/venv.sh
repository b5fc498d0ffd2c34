#!/bin/sh
# Makes .venv with the first Python of 3.11 or newer that it finds; says in one line what is missing.
set -eu

fits() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# A .venv that was moved, or whose Python was removed, is made anew.
if [ -x .venv/bin/python ] && fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi
for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if fits "$python"; then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$python has no venv module: install it (on Debian: apt install python3-venv) and try again." >&2
            exit 1
        fi
        rm -rf .venv
        exec "$python" -m venv .venv
    fi
done
found=$("${PYTHON:-python3}" --version 2>&1 || true)
echo "Timpora needs Python 3.11 or newer, found: ${found:-none}. Install one, or name it: make PYTHON=/path/to/python3.11" >&2
exit 1
