#!/bin/sh
# underlay.sh: holds the network namespace that joins the nodes of a cluster, as its router and its bridge br0.
#
# It prints its process id, as the machine counts, once the bridge is up. The namespace ends with its standard input, unless the
# line `keep` comes in first.
set -eu
# The process file system is the machine's.
read -r pid rest </proc/self/stat

ip link add br0 type bridge mcast_snooping 0
ip link set lo up
ip link set br0 up
for forwarding in /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding; do
  [ ! -e $forwarding ] || echo 1 >$forwarding
done
# What comes from the bridge and goes back to it needs no better advice.
echo 0 >/proc/sys/net/ipv4/conf/all/send_redirects
echo 0 >/proc/sys/net/ipv4/conf/br0/send_redirects

echo "$pid"
read -r word
[ "$word" = keep ]
exec >/dev/null 2>&1 </dev/null sleep infinity
