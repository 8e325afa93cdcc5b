#!/usr/bin/env bash
# Names those that are there.
. ./places.sh
found=0
while read -r file; do
  if [ -e "$file" ]; then
    echo "$file stays on the machine"
    found=1
  fi
done < <(places)
exit $found
