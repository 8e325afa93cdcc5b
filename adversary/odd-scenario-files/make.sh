#!/usr/bin/env bash
# Writes files that a parser or a recursion could stumble over.
set -eu

repeat() { head -c "$2" /dev/zero | sed "s/\x00/$1/g"; }

scenario() {
  printf 'apiVersion: netclaims.dev/v1\nkind: Scenario\nmetadata: { name: %s }\nspec:\n  claim: It is so.\n  steps:\n    - observe: now\n%s  expect:\n    - { id: so, says: It is., that: "%s" }\n' \
    "$1" "$2" "$3" >"$1.yaml"
}

scenario null-step $'    - observ:\n' true
scenario operators '' "$(repeat 'true \&\& ' 50000)true"
scenario negations '' "$(repeat '!' 20000)true"
printf '[%s]\n' "$(repeat 'a,' 300000)" >items.yaml
seq 1 200001 | sed 's/.*/- \&a& x/' >anchors.yaml
