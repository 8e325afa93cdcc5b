#!/usr/bin/env bash
# Ends it.
kill "$(cat stranger)" 2>/dev/null || true
