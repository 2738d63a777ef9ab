#!/bin/bash
# Drops the jar of a vendor's extension into a copy of the installation: it is listed, configured, spoken; and gone with
# its jar.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

work=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "drop-in: $*" >&2
    exit 1
}

cp -R "$(dirname "$(dirname "$MAILWRIGHT")")" "$work/home"
mailwright=$work/home/bin/mailwright
jar=$(find examples/vendor-extension/target -maxdepth 1 -name 'example-vendor-extension-*.jar' ! -name '*-sources.jar')
[ -f "$jar" ] || fail "examples/vendor-extension is not packaged"
cat >"$work/mailwright.toml" <<'TOML'
hostname = "mx.example.test"
data = "var"
[[listener]]
name = "mx"
role = "mx"
address = "127.0.0.1:0"
tls = "none"
[[listener]]
name = "plain"
role = "mx"
address = "127.0.0.1:0"
tls = "none"
extensions = ["PIPELINING"]
[domains]
local = ["example.test"]
[delivery]
local = "discard"
TOML
run() {
    "$mailwright" "$1" --config "$work/mailwright.toml"
}
listed() {
    run extensions >"$CHECK_LOGS/drop-in-$1.txt"
    grep '^X-RETAIN' "$CHECK_LOGS/drop-in-$1.txt"
}

if listed without; then fail "X-RETAIN is there without its jar"; fi
cp "$jar" "$work/home/lib/ext/"
listed with || fail "X-RETAIN is not found in lib/ext"

printf '[extension.X-RETAIN]\nmost-days = 0\n' >>"$work/mailwright.toml"
status=0
run check-config >"$work/said" 2>&1 || status=$?
cat "$work/said"
[ "$status" = 78 ] || fail "a bad setting of the plug-in ends check-config with status $status and not 78"
grep -q 'extension.X-RETAIN.most-days' "$work/said" || fail "the bad setting of the plug-in is not named"
sed -i 's/^most-days = 0/most-days = 100/' "$work/mailwright.toml"

mkfifo "$work/lines"
run serve >"$work/lines" 2>"$CHECK_LOGS/drop-in-serve.txt" &
server=$!
declare -A port
while read -r word name _ address; do
    [ "$word" != listening ] || port[$name]=${address##*:}
    [ "$word" != ready ] || break
done <"$work/lines"

# Says lines to a listener, one by one, and prints the replies.
talk() {
    local line reply
    exec 3<>"/dev/tcp/127.0.0.1/${port[$1]}"
    shift
    for line in '' "$@"; do
        [ -z "$line" ] || printf '%s\r\n' "$line" >&3
        while IFS= read -t 10 -r reply <&3; do
            printf '%s\n' "${reply%$'\r'}"
            [ "${reply:3:1}" = - ] || break
        done
    done
    exec 3>&-
}
expect() {
    local want=$1
    shift
    talk "$@" >"$work/said"
    grep -q "$want" "$work/said" || { cat "$work/said"; fail "expected $want"; }
}
expect '^250[- ]X-RETAIN 100$' mx 'EHLO client.example' QUIT
expect '^250 2.0.0 100 days at most$' mx 'EHLO client.example' XRETAIN QUIT
expect '^501 5.5.4 ' mx 'EHLO client.example' 'MAIL FROM:<a@client.example> X-RETAIN=101' QUIT
expect '^250 2.1.0 ' mx 'EHLO client.example' 'MAIL FROM:<a@client.example> X-RETAIN=99' QUIT
expect '^500 ' plain 'EHLO client.example' XRETAIN QUIT
expect '^555 ' plain 'EHLO client.example' 'MAIL FROM:<a@client.example> X-RETAIN=99' QUIT
echo "X-RETAIN was found in lib/ext, configured, spoken, and left out where it was not wanted"
