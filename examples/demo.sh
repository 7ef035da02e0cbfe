#!/usr/bin/env bash
# plan → apply → plan on a copy of examples/coolbikes, so that the demo can be run again.
set -euo pipefail
profilectl=$(realpath "$1")
workspace=$(mktemp -d)
trap 'rm -rf "$workspace"' EXIT
cp -r "$(dirname "$0")/coolbikes/." "$workspace"
cd "$workspace"
unset CI   # else values would be shown as pseudonyms

run() {
    printf '\n$ profilectl %s\n' "$*"
    "$profilectl" "$@"
}

run plan --detail summary
run apply --detail summary --auto-approve
run plan --detailed-exitcode   # exit code 2 if anything were still to do
