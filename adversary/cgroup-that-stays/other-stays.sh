#!/usr/bin/env bash
# That of the owner that cannot be seen must be there.
. ./names.sh
[ -d "$other" ] && exit 0
echo "$other was removed"
exit 1
