#!/usr/bin/env bash
# The stranger must still be there.
pid=$(cat stranger)
[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" = 'sleep 600 ' ] && exit 0
echo "the stranger $pid was killed"
exit 1
