#!/usr/bin/env bash
# Fails where a command line of the machine has one of the secrets.
set -euo pipefail
for file in /proc/[0-9]*/cmdline; do
  line=$(tr '\0' ' ' 2>/dev/null <"$file") || continue
  case $line in *TOPSECRET*) echo "$file: $line" && exit 1 ;; esac
done
