#!/usr/bin/env bash
# launch.sh STDOUT STDERR ULIMIT COMMAND...: becomes COMMAND, with each stream `read`, `closed` or `full`.
set -euo pipefail
stdout=$1 stderr=$2 limits=$3
shift 3

if [ -n "$limits" ]; then
  read -ra options <<<"$limits"
  ulimit "${options[@]}"
fi
case $stdout in
  closed) exec >&- ;;
  full) exec >/dev/full ;;
esac
case $stderr in
  closed) exec 2>&- ;;
  full) exec 2>/dev/full ;;
esac
exec "$@"
