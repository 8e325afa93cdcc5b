#!/usr/bin/env bash
# Ends the process, and removes them.
. ./names.sh
kill "$(cat pid)"
while ! rmdir "$stuck" 2>/dev/null; do sleep 0.05; done
rmdir "$other" 2>/dev/null || true
