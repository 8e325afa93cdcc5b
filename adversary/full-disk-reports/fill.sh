#!/usr/bin/env bash
# Mounts a file system of one page that is full.
set -euo pipefail
mkdir full
mount -t tmpfs -o size=4k adversary full
head -c 4096 /dev/zero >full/filler
