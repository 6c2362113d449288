# Sourced by the other scripts: steps that show progress, and one line at the end of a failure. Needs LOG.

fail() {
    echo "error: $*" >&2
    exit 1
}

# The last line of the log but for hints: the root cause in the output of uv, pip and Playwright.
reason() { sed 's/\x1b\[[0-9;]*m//g' "$LOG" | grep -v -e '^[[:space:]]*$' -e '^ *hint:' | tail -n1 | sed 's/^ *//'; }

# step "What it does" command...: runs the command with its output in the log, and shows the seconds that go by.
step() {
    local title=$1 ticker status=0
    shift
    echo "$title ..."
    tick "$SECONDS" &
    ticker=$!
    # The command stays in the foreground, so that Ctrl-C reaches it.
    "$@" >>"$LOG" 2>&1 || status=$?
    kill "$ticker" 2>/dev/null && wait "$ticker" 2>/dev/null || true
    if [ -t 1 ]; then printf '\r\033[K'; fi
    return "$status"
}

# On a terminal one line counts; in a log a line each half minute shows that work goes on. Ends with its parent.
tick() {
    local start=$1
    while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        if [ -t 1 ]; then
            printf '\r  %s s' $((SECONDS - start))
        elif [ $(((SECONDS - start) % 30)) -eq 0 ]; then
            echo "  $((SECONDS - start)) s"
        fi
    done
}
