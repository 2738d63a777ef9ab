#!/bin/bash
# Fuzzes each target for some seconds, from what the corpus already holds. Longer: fuzz/run --seconds N.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
[ -e fuzz/target/class-path.txt ] && built=--no-build || built=
status=0
# The same inputs each time, as far as they go: what is new is looked for by the longer runs.
export FUZZ_SEED=1
# The dialogues are where most is to be found.
fuzz/run ${built:+"$built"} --seconds 12 ServerTarget ClientTarget || status=1
mapfile -t others < <(fuzz/run --list | grep -vxE 'ServerTarget|ClientTarget')
fuzz/run --no-build --seconds 3 "${others[@]}" || status=1
mkdir -p "${CHECK_LOGS:-target/check}/fuzz"
cp fuzz/target/*Target.log "${CHECK_LOGS:-target/check}/fuzz/"
exit $status
