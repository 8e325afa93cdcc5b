#!/bin/sh
# recipe.sh ROOTFS PACKAGES: catatonit, statically linked, which reaps zombies and waits for SIGTERM when given -P.
set -eu
umask 022
rootfs=$1 packages=$2

install -m 0755 "$packages"/catatonit/usr/bin/catatonit "$rootfs/pause"
