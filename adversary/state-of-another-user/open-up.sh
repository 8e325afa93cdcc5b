#!/usr/bin/env bash
# Lets everybody write to it.
chown 0 "$NETCLAIMS_STATE_DIR"
chmod 777 "$NETCLAIMS_STATE_DIR"
