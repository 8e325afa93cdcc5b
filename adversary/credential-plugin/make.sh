#!/usr/bin/env bash
# Writes kubeconfigs whose credential plugins are missing, hang, fail, or print something else.
set -euo pipefail
kubeconfig() { # NAME COMMAND ARGUMENT...
  local name=$1 command=$2 arguments
  shift 2
  arguments=$(printf '%s\n' "$@" | jq --raw-input . | jq --slurp --compact-output .)
  cat >"$name" <<KUBECONFIG
clusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]
contexts: [{ name: c, context: { cluster: c, user: u } }]
users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: $command, args: $arguments } } }]
current-context: c
KUBECONFIG
}
kubeconfig missing no-such-plugin x
kubeconfig hangs sh -c 'sleep 811.5 & wait'
kubeconfig fails sh -c 'echo log in first >&2; exit 7'
kubeconfig other sh -c 'echo hunter2-is-secret'
