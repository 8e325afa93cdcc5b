#!/usr/bin/env bash
# Kills the processes of the kept cluster, and starts a `sleep` that gets the number of the node's first one.
set -euo pipefail
record=$NETCLAIMS_STATE_DIR/clusters/reuse.json
pids() { node -p "const { entry } = JSON.parse(require('fs').readFileSync('$record')); [entry.nodes[0].initPid, entry.underlayPid].join(' ')"; }
read -r init underlay <<<"$(pids)"
kill -9 "$init" "$underlay"
while [ -e "/proc/$init" ]; do sleep 0.05; done
for _ in $(seq 200); do
  echo $((init - 1)) >/proc/sys/kernel/ns_last_pid
  setsid sleep 600 </dev/null >/dev/null 2>&1 &
  if [ "$!" = "$init" ]; then
    echo "$init" >stranger
    exit 0
  fi
  kill "$!"
done
echo "the number $init could not be had"
exit 1
