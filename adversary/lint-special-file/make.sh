#!/usr/bin/env bash
# Makes a FIFO and a link to a device, and scenarios that have them as manifests.
set -euo pipefail

mkfifo fifo.yaml
ln -s /dev/zero zero.yaml

scenario() { # NAME MANIFEST
  printf '%s\n' 'apiVersion: netclaims.dev/v1' 'kind: Scenario' "metadata: { name: $1 }" 'spec:' '  claim: Something.' \
    "  manifests: [$2]" '  steps: [{ observe: now }]' '  expect: [{ id: e, says: It is so., that: cluster.cni == "bridge" }]' >"$1.yaml"
}

scenario manifest-is-a-fifo fifo.yaml
scenario manifest-is-a-device zero.yaml
scenario good ''
