#!/usr/bin/env bash
# Writes scenarios whose only expression is long or deep, and a list of 300,000 items.
set -euo pipefail

repeated() { # TEXT COUNT
  printf "%.0s$1" $(seq "$2")
}

scenario() { # NAME EXPRESSION
  printf '%s\n' 'apiVersion: netclaims.dev/v1' 'kind: Scenario' "metadata: { name: $1 }" 'spec:' '  claim: Something.' \
    '  steps: [{ observe: now }]' '  expect:' '    - id: e' '      says: It is so.' "      that: '$2'" >"$1.yaml"
}

scenario operands "true$(repeated ' \&\& true' 50000 | sed 's/\\//g')"
scenario negations "$(repeated '!' 20000)true"
scenario brackets "$(repeated '(' 5000)true$(repeated ')' 5000)"
echo "[$(repeated 'a,' 300000)]" >items.yaml
