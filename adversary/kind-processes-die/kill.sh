#!/usr/bin/env bash
# kill.sh NODE PROCESS: kills a process of a kind node of this case, by its id.
set -euo pipefail
pid=$(docker exec "adversary-dies-$1" pidof -s "$2")
docker exec "adversary-dies-$1" kill -KILL "$pid"
