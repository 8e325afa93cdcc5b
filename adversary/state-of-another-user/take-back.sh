#!/usr/bin/env bash
# As it was.
chown 0 "$NETCLAIMS_STATE_DIR"
chmod 700 "$NETCLAIMS_STATE_DIR"
