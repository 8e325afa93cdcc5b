#!/usr/bin/env bash
# Writes a file of many anchors, and one in which each list has nine times the one before.
set -euo pipefail

{ echo 'a:' && seq -f '  - &a%.0f x' 200000; } >anchors.yaml

before=x
for name in a b c d e f g h i; do
  echo "$name: &$name [$before, $before, $before, $before, $before, $before, $before, $before, $before]"
  before="*$name"
done >laughs.yaml
