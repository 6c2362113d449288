#!/usr/bin/env bash
# Makes .venv from pyproject.toml and uv.lock and gets the Dutch language model. Safe to repeat: with nothing to do it
# returns at once. Ends with one line that says what to do, and status 1, when it cannot go on.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/step.sh

UV_VERSION=0.13.9 # brought along when the machine has no uv
UV_OLDEST=0.7.0   # the oldest that reads uv.lock
STAMP=.venv/.ouderchat-setup
LOG=.cache/setup.log

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; }

# A shim of pyenv may be on PATH and refuse to run: only a Python that answers counts.
find_python() {
    local candidate prefix
    for candidate in python3.10 python3; do
        if is_310 "$candidate"; then "$candidate" -c 'import sys; print(sys.executable)' && return; fi
    done
    prefix=$(pyenv prefix 3.10 2>/dev/null) || return 1
    is_310 "$prefix/bin/python" && echo "$prefix/bin/python"
}

# Sets UV to a uv that can read the lock file: the machine's own, or ours.
find_uv() {
    local found
    found=$(uv --version 2>/dev/null | cut -d' ' -f2) || true
    if [ -n "$found" ] && [ "$(printf '%s\n' "$UV_OLDEST" "$found" | sort -V | head -n1)" = "$UV_OLDEST" ]; then
        UV=uv
        return
    fi
    UV=.cache/uv-venv/bin/uv
    [ "$("$UV" --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ] && return
    step "Installing uv $UV_VERSION" install_uv \
        || fail "could not install uv: $(reason). PyPI must be reachable and python3 needs its venv module (Debian: apt install python3-venv)"
}

# Under pyenv, python3 follows .python-version and may not run here: the system's own is tried too.
install_uv() {
    local base
    for base in ${PYTHON:+"$PYTHON"} python3 /usr/bin/python3; do
        rm -rf .cache/uv-venv
        if "$base" -m venv .cache/uv-venv; then
            .cache/uv-venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 "uv==$UV_VERSION"
            return
        fi
    done
    return 1
}

fetch_python() {
    step "Fetching Python 3.10" "$UV" python install 3.10 \
        || fail "no Python 3.10 found and it could not be fetched: $(reason). Install it (pyenv install 3.10, or your system's python3.10) and run this again"
    PYTHON=$("$UV" python find --no-project 3.10)
}

fingerprint() { cat pyproject.toml uv.lock | cksum; }

mkdir -p .cache 2>/dev/null && [ -w . ] && [ -w .cache ] \
    || fail "cannot write in $PWD: give yourself the rights, or clone the project into a folder of your own"

if [ -x .venv/bin/python ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$(fingerprint)" ]; then
    # The site of the language model is not asked at every start; a file that is given is looked at.
    [ -z "${OUDERCHAT_SPACY_MODEL:-}" ] || .venv/bin/python -m bot.nlu.language_model
    exit
fi

export UV_PYTHON_INSTALL_DIR=$PWD/.cache/python UV_HTTP_TIMEOUT=${UV_HTTP_TIMEOUT:-30}
: >"$LOG"
PYTHON=$(find_python) || PYTHON=
find_uv
[ -n "$PYTHON" ] || fetch_python
step "Installing the packages into .venv (about 3 GB, some minutes the first time)" \
    "$UV" sync --frozen --python "$PYTHON" \
    || fail "could not install the packages: $(reason). PyPI must be reachable; then run this again (details: $LOG)"
.venv/bin/python -m bot.nlu.language_model
fingerprint >"$STAMP"
