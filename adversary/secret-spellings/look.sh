#!/usr/bin/env bash
# No file has the secret in any spelling.
set -euo pipefail
secret="it's <p4ss>&w0rd/x"
bare() { base64 --wrap=0 | tr -d '='; }
for spelling in \
  "$secret" \
  "it'\\''s" \
  "it\\'s <p4ss>" \
  '\u003cp4ss\u003e' \
  '&lt;p4ss&gt;' \
  '%3Cp4ss%3E' \
  "$(printf '%s' "$secret" | bare)" \
  "$(printf '%s\n' "$secret" | bare)" \
  "$(printf 'user:%s' "$secret" | bare)" \
  "$(printf '%s' "$secret" | od -An -tx1 | tr -d ' \n')"; do
  if grep --recursive --fixed-strings --line-number -e "$spelling" report.json report.html $(ls -d artifacts 2>/dev/null); then
    echo "found: $spelling"
    exit 1
  fi
done
