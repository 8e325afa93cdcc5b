#!/usr/bin/env bash
# Writes a kubeconfig for each misbehaviour named, and serves them.
set -euo pipefail
for mode in "$@"; do
  cat >"$mode.kubeconfig" <<YAML
apiVersion: v1
kind: Config
current-context: c
clusters: [{ name: k, cluster: { server: 'http://127.0.0.1:$PORT/$mode', insecure-skip-tls-verify: true } }]
contexts: [{ name: c, context: { cluster: k, user: u } }]
users: [{ name: u, user: { token: supersecrettoken123456 } }]
YAML
done
exec node "$ADVERSARY/fake-api.js" "$PORT"
