#!/bin/sh
# A new build of a CNI plugin whose DEL takes nothing away: the link, too, stays, which would go with the pod's network namespace.
set -eu
[ "$CNI_COMMAND" = DEL ] || exec "$0".before@*
[ -z "$CNI_NETNS" ] || nsenter --net="$CNI_NETNS" ip link set "$CNI_IFNAME" netns 1 name careless
