#!/usr/bin/env bash
# Every check and test. A browser is sought first: who waits for minutes should not hear at the end that it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/step.sh
LOG=.cache/browser.log
PYTHON=.venv/bin/python

# A launcher that only says how to install the real program is no browser: it must answer.
runs() { timeout 30 "$1" --version >/dev/null 2>&1; }

system_chromium() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && runs "$name"; then command -v "$name" && return; fi
    done
    return 1
}

playwright_path() {
    "$PYTHON" -c 'from playwright.sync_api import sync_playwright as p
with p() as browsers: print(browsers.chromium.executable_path)'
}

# Gives up after ten seconds where Playwright's site cannot be reached.
playwright_chromium() {
    local path
    path=$(playwright_path 2>/dev/null) || return 1
    [ -x "$path" ] || PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT=10000 timeout 600 "$PYTHON" -m playwright install chromium
    runs "$path"
}

find_browser() {
    : >"$LOG"
    if CHROMIUM=$(system_chromium); then
        export CHROMIUM
        return
    fi
    unset CHROMIUM
    step "Fetching a browser for the browser tests" playwright_chromium && return
    fail "no browser for the browser tests: install chromium (Debian, Ubuntu: apt install chromium), or run BROWSER=no make test for the rest"
}

selection=()
if [ "${BROWSER:-}" = no ]; then selection=(-m "not browser and not faults"); else find_browser; fi
"${MAKE:-make}" --no-print-directory check
"$PYTHON" -m bot.launch.training
"$PYTHON" -m pytest ${selection[@]+"${selection[@]}"} "$@"
if [ "${BROWSER:-}" = no ]; then echo "browser tests NOT run"; fi
