#!/usr/bin/env bash
# limit.sh SIZE: gives the cache folder a file system of that size, or changes its size.
set -euo pipefail
mkdir -p "$NETCLAIMS_CACHE_DIR"
if mountpoint --quiet "$NETCLAIMS_CACHE_DIR"; then
  mount -o "remount,size=$1" "$NETCLAIMS_CACHE_DIR"
else
  mount -t tmpfs -o "size=$1" adversary "$NETCLAIMS_CACHE_DIR"
fi
