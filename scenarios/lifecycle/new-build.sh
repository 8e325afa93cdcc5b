#!/bin/sh
# A new build of a CNI plugin: as the one that it replaces, with a smaller MTU.
set -eu
"$0".before@*
[ "$CNI_COMMAND" != ADD ] || nsenter --net="$CNI_NETNS" ip link set "$CNI_IFNAME" mtu 1400
