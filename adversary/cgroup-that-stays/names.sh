#!/usr/bin/env bash
# Names cgroups of owners that have ended, and of one that cannot be seen from here.
root=/sys/fs/cgroup/pids
[ -d "$root" ] || root=/sys/fs/cgroup
namespace=$(stat -L -c %i /proc/self/ns/pid)
stuck="$root/netclaims-999999-1-$namespace-stuck"
other="$root/netclaims-999999-1-$((namespace + 4242))-other"
