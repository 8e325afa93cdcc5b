#!/usr/bin/env bash
# Runs the words in the file $ADVERSARY_ARGV, with a NUL after each, and writes the exit code into $ADVERSARY_EXIT.
# `script`, which makes the terminal, takes a line for a shell, and gives no exit code when it is killed.
set -uo pipefail
# The hangup of the terminal is for the command, which gets it as well. A trap, unlike '', is not inherited.
trap : HUP
mapfile -d '' -t argv <"$ADVERSARY_ARGV"
"${argv[@]}"
echo "$?" >"$ADVERSARY_EXIT.new"
mv "$ADVERSARY_EXIT.new" "$ADVERSARY_EXIT"
