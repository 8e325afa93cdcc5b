#!/usr/bin/env bash
# Replaces the quick expression of the report by a slow one.
set -euo pipefail
sed 's/\^b+\$/^(a+)+$/g' report.json >slow.json
grep --quiet --fixed-strings '^(a+)+$' slow.json
