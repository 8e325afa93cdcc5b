#!/usr/bin/env bash
# Mounts a full file system over the state folder.
set -euo pipefail
mount -t tmpfs -o size=4k,mode=700 adversary "$NETCLAIMS_STATE_DIR"
head -c 4096 /dev/zero >"$NETCLAIMS_STATE_DIR/filler"
