#!/usr/bin/env bash
# Makes them, one with a process in it.
set -euo pipefail
. ./names.sh
mkdir "$stuck" "$other"
setsid sleep 600 </dev/null >/dev/null 2>&1 &
echo "$!" >"$stuck/cgroup.procs"
echo "$!" >pid
